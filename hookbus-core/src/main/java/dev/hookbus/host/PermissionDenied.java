package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * The host itself denied a tool call, in its automatic mode.
 *
 * @param context what every event tells
 * @param tool the call
 * @param reason why; {@code null} if the host left it out
 */
public record PermissionDenied(HookContext context, ToolCall tool, @Nullable String reason)
    implements ToolEvent, AnsweredBy<PermissionDeniedAnswer> {}
