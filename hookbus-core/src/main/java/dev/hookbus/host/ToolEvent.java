package dev.hookbus.host;

import org.jspecify.annotations.Nullable;

/** An event of one tool call. */
public sealed interface ToolEvent extends HookEvent
    permits PreToolUse, PostToolUse, PostToolUseFailure, PermissionRequest, PermissionDenied {

  /** The call. */
  ToolCall tool();

  /** The tool as the host names it, such as {@code Bash} or {@code mcp__github__search}. */
  default String toolName() {
    return tool().name();
  }

  /** What the tool is called with, typed for the common tools. */
  default ToolInput input() {
    return tool().typedInput();
  }

  /** The host's ID of this call; {@code null} if it gives none. */
  default @Nullable String toolUseId() {
    return tool().useId();
  }
}
