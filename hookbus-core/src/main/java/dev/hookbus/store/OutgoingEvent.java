package dev.hookbus.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event to be put into the outbox.
 *
 * @param eventId the ID a receiver knows repeats by
 * @param eventType the wire name of its type
 * @param json its envelope, redacted and bounded
 * @param traceparent the W3C trace context of what it tells about, or null
 */
public record OutgoingEvent(
    String eventId, String eventType, String json, @Nullable String traceparent) {
  /** Checks for nulls. */
  public OutgoingEvent {
    requireNonNull(eventId, "eventId");
    requireNonNull(eventType, "eventType");
    requireNonNull(json, "json");
  }
}
