package dev.hookbus.sink.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventSource;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.util.List;

/** CloudEvents 1.0 in JSON: {@code source} and {@code id} together name the event. */
final class CloudEventsEncoder extends EventEncoder {
  private final boolean batched;

  CloudEventsEncoder(boolean batched) {
    this.batched = batched;
  }

  @Override
  public boolean batches() {
    return batched;
  }

  @Override
  public String contentType() {
    return batched
        ? "application/cloudevents-batch+json; charset=UTF-8"
        : "application/cloudevents+json; charset=UTF-8";
  }

  @Override
  void write(JsonGenerator json, Event event, OutboxEvent outboxEvent) throws IOException {
    EventSource source = event.source();
    json.writeStartObject();
    json.writeStringField("specversion", "1.0");
    json.writeStringField("id", outboxEvent.eventId());
    json.writeStringField(
        "source", "urn:hookbus:" + (source == null ? EventSource.UNKNOWN_HOST : source.host()));
    json.writeStringField("type", "dev.hookbus." + outboxEvent.eventType());
    json.writeStringField("time", event.ts().toString());
    writeOptional(json, "subject", event.toolName());
    json.writeStringField("datacontenttype", "application/json");
    writeOptional(json, "traceparent", outboxEvent.traceparent());
    json.writeStringField("hookbussession", event.sessionId());
    json.writeStringField("hookbusrun", event.runId());
    json.writeFieldName("data");
    json.writeRawValue(outboxEvent.json());
    json.writeEndObject();
  }

  @Override
  public byte[] assemble(List<byte[]> parts) {
    return batched ? Encoder.join(parts, "[", ",", "]") : parts.get(0);
  }
}
