package dev.hookbus.host;

/**
 * A tool is about to be called.
 *
 * @param context what every event tells
 * @param tool the call
 */
public record PreToolUse(HookContext context, ToolCall tool)
    implements ToolEvent, AnsweredBy<PreToolUseAnswer> {}
