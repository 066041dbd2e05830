package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The host tells the user something.
 *
 * @param context what every event tells
 * @param message what the user is told
 * @param title its title
 * @param type its kind, such as {@code permission_prompt} or {@code idle_prompt}
 */
public record Notification(
    HookContext context, @Nullable String message, @Nullable String title, @Nullable String type)
    implements HookEvent, AnsweredBy<ContextAnswer> {}
