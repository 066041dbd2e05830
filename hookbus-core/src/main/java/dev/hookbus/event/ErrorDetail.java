package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What failed. The event's builder cuts the message and the stack trace to {@link
 * EventLimits#MESSAGE} and {@link EventLimits#STACK_TRACE} code points.
 *
 * @param type the error's class or kind, such as {@code ToolError}
 * @param message what it said
 * @param stackTrace where it came from, or null
 * @param toolName the tool that failed, or null
 * @param toolUseId the call that failed, or null
 */
public record ErrorDetail(
    String type,
    String message,
    @Nullable String stackTrace,
    @Nullable String toolName,
    @Nullable String toolUseId) {

  /** Checks for nulls. */
  public ErrorDetail {
    requireNonNull(type, "type");
    requireNonNull(message, "message");
  }

  /** A detail with no stack trace and no tool. */
  public static ErrorDetail of(String type, String message) {
    return new ErrorDetail(type, message, null, null, null);
  }

  /** The same failure, of that call of that tool. */
  public ErrorDetail withTool(@Nullable String name, @Nullable String useId) {
    return new ErrorDetail(type, message, stackTrace, name, useId);
  }

  ErrorDetail cut() {
    return new ErrorDetail(
        Texts.cut(type, EventLimits.MESSAGE),
        Texts.cut(message, EventLimits.MESSAGE),
        stackTrace == null ? null : Texts.cut(stackTrace, EventLimits.STACK_TRACE),
        toolName,
        toolUseId);
  }
}
