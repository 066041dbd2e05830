package dev.hookbus.sink.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFormatException;
import dev.hookbus.event.EventJson;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.OutboxEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A dialect with fields of its own: reads the envelope and writes it anew. */
abstract class EventEncoder implements Encoder {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public final Encoded encode(OutboxEvent outboxEvent) {
    Event event;
    try {
      event = EventJson.read(outboxEvent.json());
    } catch (EventFormatException e) {
      return new Unsendable(DeliveryOutcome.dead("not an event envelope: " + e.getMessage()));
    }
    String unwanted = unwanted(event);
    if (unwanted != null) {
      return new Unsendable(DeliveryOutcome.skipped(unwanted));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, event, outboxEvent);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array has no I/O
    }
    return new Body(out.toByteArray());
  }

  /** Why the receiver has no place for the event; null where it has one. */
  @Nullable String unwanted(Event event) {
    return null;
  }

  abstract void write(JsonGenerator json, Event event, OutboxEvent outboxEvent) throws IOException;

  static void writeOptional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  /** Writes a value of an event's {@code data}. */
  static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
    json.writeRawValue(EventJson.writeValue(value));
  }
}
