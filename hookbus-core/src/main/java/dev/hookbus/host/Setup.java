package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The host prepares or tidies a project.
 *
 * @param context what every event tells
 * @param trigger {@code init} or {@code maintenance}
 */
public record Setup(HookContext context, @Nullable String trigger)
    implements HookEvent, AnsweredBy<ContextAnswer> {}
