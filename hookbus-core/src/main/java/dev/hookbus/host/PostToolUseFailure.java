package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/**
 * A tool was called and failed. Not sent for calls that were denied, except by Cursor.
 *
 * @param context what every event tells
 * @param tool the call
 * @param error what went wrong; {@code null} if the host left it out
 * @param interrupted whether the user interrupted the tool
 * @param durationMs how long the tool ran, in milliseconds; {@code null} if the host left it out
 */
public record PostToolUseFailure(
    HookContext context,
    ToolCall tool,
    @Nullable String error,
    boolean interrupted,
    @Nullable Long durationMs)
    implements ToolEvent, AnsweredBy<ContextAnswer> {}
