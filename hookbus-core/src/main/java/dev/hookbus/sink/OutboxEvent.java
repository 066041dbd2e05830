package dev.hookbus.sink;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event on its way to a sink.
 *
 * @param sequence its place in the outbox; later events have larger ones
 * @param eventId the ID a receiver knows repeats by
 * @param eventType the wire name of its type, such as {@code progress}
 * @param json the envelope as it was recorded; sinks send these very characters
 * @param traceparent the W3C trace context of what it tells about, or null
 * @param recordedAt when it was accepted
 */
public record OutboxEvent(
    long sequence,
    String eventId,
    String eventType,
    String json,
    @Nullable String traceparent,
    Instant recordedAt) {

  /** Checks for nulls. */
  public OutboxEvent {
    requireNonNull(eventId, "eventId");
    requireNonNull(eventType, "eventType");
    requireNonNull(json, "json");
    requireNonNull(recordedAt, "recordedAt");
  }

  /** The envelope as UTF-8. */
  public byte[] utf8() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Names the event and never shows its content. */
  @Override
  public String toString() {
    return "OutboxEvent[" + sequence + ", " + eventId + ", " + eventType + "]";
  }
}
