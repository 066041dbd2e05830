package dev.hookbus.store;

import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.payload.BoundedPayload;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call, ready to be recorded. Every text in it has been redacted and bounded.
 *
 * @param correlationId the call, 16 hex characters
 * @param runId the agent's run
 * @param sessionId the host's session
 * @param hook the guard's name
 * @param event the host's event, {@code unknown} if none was given
 * @param tool the tool, or {@code null}
 * @param status how it ended
 * @param createdMillis when it ended, epoch milliseconds
 * @param durationNanos time in the body; 0 if it did not run
 * @param overheadNanos time the library added before it handed this record to the store
 * @param degraded whether the body ran although its claim failed
 * @param payload what is known of the payload, or {@code null}
 * @param keepPayload whether the payload's text is stored too
 * @param error the failure's text, or {@code null}
 * @param announcement what makes it an event for the sinks, or {@code null} if they are told
 *     nothing
 */
public record Execution(
    String correlationId,
    String runId,
    String sessionId,
    String hook,
    String event,
    @Nullable String tool,
    ExecutionStatus status,
    long createdMillis,
    long durationNanos,
    long overheadNanos,
    boolean degraded,
    @Nullable BoundedPayload payload,
    boolean keepPayload,
    @Nullable String error,
    @Nullable Announcement announcement) {

  /** An execution that tells no sink. */
  public Execution(
      String correlationId,
      String runId,
      String sessionId,
      String hook,
      String event,
      @Nullable String tool,
      ExecutionStatus status,
      long createdMillis,
      long durationNanos,
      long overheadNanos,
      boolean degraded,
      @Nullable BoundedPayload payload,
      boolean keepPayload,
      @Nullable String error) {
    this(
        correlationId,
        runId,
        sessionId,
        hook,
        event,
        tool,
        status,
        createdMillis,
        durationNanos,
        overheadNanos,
        degraded,
        payload,
        keepPayload,
        error,
        null);
  }

  /** The same execution, of which the sinks are to hear: its log row becomes an event. */
  public Execution announced(Announcement told) {
    return new Execution(
        correlationId,
        runId,
        sessionId,
        hook,
        event,
        tool,
        status,
        createdMillis,
        durationNanos,
        overheadNanos,
        degraded,
        payload,
        keepPayload,
        error,
        told);
  }
}
