package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guarded execution that has ended, in plain values; {@link EventFactory#guardCompleted} makes an
 * event of it.
 *
 * @param hook the guard's name, such as {@code post-tool-tracker}
 * @param event the host's event, such as {@code PostToolUse}
 * @param tool the tool, or null
 * @param toolUseId the call of the tool, or null
 * @param status {@code success}, {@code error} or {@code dedupe_skip}
 * @param durationMs how long the body ran, in milliseconds
 * @param correlationId 16 hex digits that tie the events of one call together
 * @param occurrence tells this execution from others of the same call, such as the fence of its
 *     claim; null gives the event a random ID
 * @param errorType the class of the body's exception, or null
 * @param errorMessage its message, or null
 * @param data more to record; its keys win over those made here
 */
public record GuardCompletion(
    String hook,
    String event,
    @Nullable String tool,
    @Nullable String toolUseId,
    String status,
    double durationMs,
    String correlationId,
    @Nullable String occurrence,
    @Nullable String errorType,
    @Nullable String errorMessage,
    Map<String, ? extends @Nullable Object> data) {

  /** Checks for nulls. */
  public GuardCompletion {
    requireNonNull(hook, "hook");
    requireNonNull(event, "event");
    requireNonNull(status, "status");
    requireNonNull(correlationId, "correlationId");
    requireNonNull(data, "data");
  }

  EventLevel level() {
    return switch (status) {
      case "error" -> EventLevel.ERROR;
      case "dedupe_skip" -> EventLevel.DEBUG;
      default -> EventLevel.INFO;
    };
  }

  @Nullable ErrorDetail errorDetail() {
    return errorType == null
        ? null
        : new ErrorDetail(
            errorType, errorMessage == null ? "" : errorMessage, null, tool, toolUseId);
  }
}
