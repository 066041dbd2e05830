package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A tool was called and has answered.
 *
 * @param context what every event tells
 * @param tool the call
 * @param response what the tool answered, in the tool's own form: mostly an object, a list from MCP
 *     servers, or plain text; {@code null} if the host left it out
 * @param durationMs how long the tool ran, in milliseconds; {@code null} if the host left it out
 */
public record PostToolUse(
    HookContext context, ToolCall tool, @Nullable JsonValue response, @Nullable Long durationMs)
    implements ToolEvent, AnsweredBy<PostToolUseAnswer> {}
