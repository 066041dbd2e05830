package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The session went to another directory.
 *
 * @param context what every event tells
 * @param oldCwd from where
 * @param newCwd to where
 */
public record CwdChanged(HookContext context, @Nullable String oldCwd, @Nullable String newCwd)
    implements HookEvent, AnsweredBy<WatchAnswer> {}
