package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A directory was added to the session.
 *
 * @param context what every event tells
 * @param directory the directory
 * @param source who added it
 */
public record DirectoryAdded(
    HookContext context, @Nullable String directory, @Nullable String source)
    implements HookEvent, AnsweredBy<NoAnswer> {}
