package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A session ends. All hooks together have a second and a half for it.
 *
 * @param context what every event tells
 * @param reason {@code clear}, {@code resume}, {@code logout}, {@code prompt_input_exit} or {@code
 *     other}
 */
public record SessionEnd(HookContext context, @Nullable String reason)
    implements HookEvent, AnsweredBy<NoAnswer> {}
