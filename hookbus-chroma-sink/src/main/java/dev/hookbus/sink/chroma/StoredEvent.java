package dev.hookbus.sink.chroma;

import static java.util.Objects.requireNonNull;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as the server keeps it.
 *
 * @param eventId its ID
 * @param ts when it happened
 * @param sequence its place in the outbox it came from; 0 in events of other writers
 * @param json the envelope; without its data, or cut, where it was too long to be stored
 * @param metadata what was stored beside it: String, Long, Double, Boolean or a list of these
 */
public record StoredEvent(
    String eventId,
    Instant ts,
    long sequence,
    String json,
    Map<String, @Nullable Object> metadata) {

  /** Checks for nulls. */
  public StoredEvent {
    requireNonNull(eventId, "eventId");
    requireNonNull(ts, "ts");
    requireNonNull(json, "json");
    requireNonNull(metadata, "metadata");
  }

  static StoredEvent of(ChromaRecord record) {
    return new StoredEvent(
        record.id(),
        Instant.ofEpochMilli(record.number(Keys.TS)),
        record.number(Keys.SEQ),
        record.document(),
        record.metadata());
  }

  /**
   * The envelope, read.
   *
   * @throws dev.hookbus.event.EventFormatException where it was cut to be stored
   */
  public Event event() {
    return EventJson.read(json);
  }

  /** The metadata of that key as text; empty where there is none. */
  public String text(String key) {
    Object value = metadata.get(key);
    return value == null ? "" : value.toString();
  }
}
