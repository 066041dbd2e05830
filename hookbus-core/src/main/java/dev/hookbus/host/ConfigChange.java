package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * Settings have changed.
 *
 * @param context what every event tells
 * @param source which, such as {@code user_settings}; {@code policy_settings} can not be blocked
 * @param filePath their file
 */
public record ConfigChange(HookContext context, @Nullable String source, @Nullable String filePath)
    implements HookEvent, AnsweredBy<BlockAnswer> {}
