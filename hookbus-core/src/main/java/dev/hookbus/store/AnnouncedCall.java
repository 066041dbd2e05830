package dev.hookbus.store;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventSource;
import dev.hookbus.event.GuardCompletion;
import dev.hookbus.payload.BoundedPayload;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a log row says of a call that sinks are to hear of. All texts were redacted and bounded when
 * the row was written. The event made of it is the same, to the byte, however often it is made.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
record AnnouncedCall(
    long logId,
    String correlationId,
    String runId,
    String sessionId,
    String hook,
    String event,
    @Nullable String tool,
    String status,
    double durationMillis,
    long payloadBytes,
    byte @Nullable [] payloadSha256,
    boolean degraded,
    @Nullable String error,
    long createdMillis,
    Announcement announcement) {

  /** The columns that {@link #read} reads, in its order. */
  static final String COLUMNS =
      "log_id, correlation_id, run_id, session_id, hook_name, event_type, tool_name, status,"
          + " duration_ms, payload_bytes, payload_sha256, degraded, error, created_ms, event_nonce,"
          + " tool_use_id, event_source";

  private static final double NANOS_PER_MILLI = 1e6;
  private static final String ERROR_TYPE_END = ": ";
  private static final String NO_SESSION = "unknown";

  static AnnouncedCall read(Rows rows) throws DatabaseException {
    return new AnnouncedCall(
        rows.getLong(1),
        rows.getText(2),
        rows.getText(3),
        rows.getText(4),
        rows.getText(5),
        rows.getText(6),
        rows.getTextOrNull(7),
        rows.getText(8),
        rows.getDouble(9),
        rows.getLong(10),
        rows.getBytesOrNull(11),
        rows.getInt(12) != 0,
        rows.getTextOrNull(13),
        rows.getLong(14),
        new Announcement(rows.getLong(15), rows.getTextOrNull(16), rows.getText(17)));
  }

  /** What an execution says whose log row is in another database than the outbox. */
  static AnnouncedCall of(Execution execution, Announcement announcement) {
    BoundedPayload payload = execution.payload();
    return new AnnouncedCall(
        0,
        execution.correlationId(),
        execution.runId(),
        execution.sessionId(),
        execution.hook(),
        execution.event(),
        execution.tool(),
        execution.status().text(),
        execution.durationNanos() / NANOS_PER_MILLI,
        payload == null || payload.dropped() ? 0 : payload.originalBytes(),
        payload == null || payload.dropped() ? null : payload.sha256(),
        execution.degraded(),
        execution.error(),
        execution.createdMillis(),
        announcement);
  }

  OutgoingEvent toEvent() {
    Event made =
        EventFactory.of(
                sessionId.isBlank() ? NO_SESSION : sessionId,
                runId,
                EventSource.ofJson(announcement.source()))
            .withClock(InstantSource.fixed(Instant.ofEpochMilli(createdMillis)))
            .guardCompleted(completion());
    return new OutgoingEvent(
        made.eventId().toString(), made.type().wireName(), EventJson.write(made), traceparent());
  }

  private GuardCompletion completion() {
    int typeEnd = error == null ? -1 : error.indexOf(ERROR_TYPE_END);
    return new GuardCompletion(
        hook,
        event,
        tool,
        announcement.toolUseId(),
        status,
        durationMillis,
        correlationId,
        Long.toHexString(announcement.nonce()),
        error == null ? null : typeEnd < 0 ? "Error" : error.substring(0, typeEnd),
        error == null ? null : error.substring(typeEnd < 0 ? 0 : typeEnd + ERROR_TYPE_END.length()),
        data());
  }

  private Map<String, Object> data() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("degraded", degraded);
    if (payloadSha256 != null) {
      data.put("payload_bytes", payloadBytes);
      data.put("payload_sha256", HexFormat.of().formatHex(payloadSha256));
    }
    return data;
  }

  /** The run and the call as trace and span. */
  private String traceparent() {
    return "00-" + runId.replace("-", "") + "-" + correlationId + "-01";
  }
}
