package dev.hookbus.sink.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventSource;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log records in OTLP's JSON: IDs in hex, 64-bit numbers as text. */
final class OtlpEncoder extends EventEncoder {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String OPEN =
      "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
          + "\"value\":{\"stringValue\":\"hookbus\"}}]},\"scopeLogs\":[{\"scope\":{\"name\":"
          + "\"dev.hookbus\"},\"logRecords\":[";
  private static final String CLOSE = "]}]}]}";

  private final boolean withData;

  OtlpEncoder(boolean withData) {
    this.withData = withData;
  }

  @Override
  public boolean batches() {
    return true;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public byte[] assemble(List<byte[]> parts) {
    return Encoder.join(parts, OPEN, ",", CLOSE);
  }

  @Override
  void write(JsonGenerator json, Event event, OutboxEvent outboxEvent) throws IOException {
    json.writeStartObject();
    json.writeStringField("timeUnixNano", nanos(event.ts()));
    json.writeStringField("observedTimeUnixNano", nanos(outboxEvent.recordedAt()));
    writeSeverity(json, event);
    json.writeStringField("eventName", "hookbus." + outboxEvent.eventType());
    json.writeObjectFieldStart("body");
    String msg = event.msg();
    json.writeStringField("stringValue", msg == null ? outboxEvent.eventType() : msg);
    json.writeEndObject();
    writeTraceContext(json, outboxEvent.traceparent());
    json.writeArrayFieldStart("attributes");
    writeGenAi(json, event);
    writeHookBus(json, event, outboxEvent);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeSeverity(JsonGenerator json, Event event) throws IOException {
    int number =
        switch (event.level()) {
          case DEBUG -> 5;
          case INFO -> 9;
          case WARN -> 13;
          case ERROR -> 17;
          case UNKNOWN -> 0;
        };
    json.writeNumberField("severityNumber", number);
    json.writeStringField("severityText", event.level().name());
  }

  /** {@code 00-<32 hex>-<16 hex>-<2 hex>}; anything else has no place in a log record. */
  private static void writeTraceContext(JsonGenerator json, @Nullable String traceparent)
      throws IOException {
    if (traceparent == null || !traceparent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")) {
      return;
    }
    json.writeNumberField("flags", Integer.parseInt(traceparent.substring(53), 16));
    json.writeStringField("traceId", traceparent.substring(3, 35));
    json.writeStringField("spanId", traceparent.substring(36, 52));
  }

  /** The semantic conventions for generative AI, as of their 2026 drafts. */
  private static void writeGenAi(JsonGenerator json, Event event) throws IOException {
    String operation =
        switch (event.type()) {
          case SESSION_START, SESSION_END, WORKER_SPAWN, DONE -> "invoke_agent";
          default -> event.toolName() == null ? null : "execute_tool";
        };
    attribute(json, "gen_ai.operation.name", operation);
    attribute(json, "gen_ai.conversation.id", event.sessionId());
    attribute(json, "gen_ai.tool.name", event.toolName());
    attribute(json, "gen_ai.tool.call.id", event.toolUseId());
    attribute(json, "gen_ai.agent.id", event.workerId());
    ErrorDetail error = event.errorDetail();
    if (error != null) {
      attribute(json, "error.type", error.type());
      attribute(json, "exception.message", error.message());
      attribute(json, "exception.stacktrace", error.stackTrace());
    }
  }

  private void writeHookBus(JsonGenerator json, Event event, OutboxEvent outboxEvent)
      throws IOException {
    attribute(json, "hookbus.event.id", outboxEvent.eventId());
    attribute(json, "hookbus.run.id", event.runId());
    attribute(json, "hookbus.hook.event", event.hookEventName());
    attribute(json, "hookbus.task.id", event.taskId());
    attribute(json, "hookbus.hash", event.hash());
    EventSource source = event.source();
    attribute(json, "hookbus.host", source == null ? null : source.host());
    for (String key : List.of("correlation_id", "hook", "status")) {
      attribute(json, "hookbus." + key, event.data().get(key) instanceof String text ? text : null);
    }
    if (event.data().get("duration_ms") instanceof Number duration) {
      startAttribute(json, "hookbus.duration_ms");
      json.writeNumberField("doubleValue", duration.doubleValue());
      endAttribute(json);
    }
    if (withData && !event.data().isEmpty()) {
      attribute(json, "hookbus.data", EventJson.writeValue(event.data()));
    }
  }

  private static void attribute(JsonGenerator json, String key, @Nullable String value)
      throws IOException {
    if (value != null) {
      startAttribute(json, key);
      json.writeStringField("stringValue", value);
      endAttribute(json);
    }
  }

  private static void startAttribute(JsonGenerator json, String key) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", key);
    json.writeObjectFieldStart("value");
  }

  private static void endAttribute(JsonGenerator json) throws IOException {
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String nanos(Instant instant) {
    return Long.toString(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
  }

  /**
   * A partial success says how many records were rejected, not which, and forbids to send them
   * again: only where it is all of them is it known whom it meant.
   */
  @Override
  public List<DeliveryOutcome> outcomes(List<OutboxEvent> events, Answer answer) {
    boolean allRejected = rejectedRecords(answer) >= events.size();
    return Collections.nCopies(
        events.size(),
        allRejected
            ? DeliveryOutcome.dead("rejected by the collector")
            : DeliveryOutcome.delivered());
  }

  private static long rejectedRecords(Answer answer) {
    try (JsonParser json = JSON.createParser(answer.body())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME
            && json.currentName().equals("rejectedLogRecords")) {
          json.nextToken();
          return Long.parseLong(json.getText());
        }
      }
    } catch (IOException | NumberFormatException e) {
      // No answer of the protocol's form rejects nothing.
    }
    return 0;
  }
}
