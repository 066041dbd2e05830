package dev.hookbus.sink.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** LeanVibe's hook events: what it has no type for is skipped. */
final class LeanVibeEncoder extends EventEncoder {
  private static final List<String> PARAMETERS = List.of("tool_parameters", "tool_input");
  private static final List<String> RESULTS = List.of("tool_result", "tool_response");

  private final @Nullable String agentId;

  LeanVibeEncoder(@Nullable String agentId) {
    this.agentId = agentId;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  @Nullable String unwanted(Event event) {
    return leanVibeType(event) == null
        ? "LeanVibe has no event for " + event.type().wireName()
        : null;
  }

  private static @Nullable String leanVibeType(Event event) {
    return switch (event.type()) {
      case SESSION_START, WORKER_SPAWN -> "AGENT_START";
      case SESSION_END, DONE -> "AGENT_STOP";
      case ERROR -> "ERROR";
      case TOOL_INVOCATION, PROGRESS ->
          "PreToolUse".equals(event.hookEventName())
              ? "PRE_TOOL_USE"
              : "PostToolUse".equals(event.hookEventName())
                      || event.type() == EventType.TOOL_INVOCATION
                  ? "POST_TOOL_USE"
                  : null;
      default -> null;
    };
  }

  @Override
  void write(JsonGenerator json, Event event, OutboxEvent outboxEvent) throws IOException {
    Map<String, @Nullable Object> data = new LinkedHashMap<>(event.data());
    Object parameters = removeFirst(data, PARAMETERS);
    Object result = removeFirst(data, RESULTS);
    ErrorDetail error = event.errorDetail();
    json.writeStartObject();
    json.writeStringField("session_id", uuid(event.sessionId()));
    json.writeStringField("agent_id", agentId(event));
    json.writeStringField("event_type", leanVibeType(event));
    writeOptional(json, "tool_name", event.toolName());
    if (parameters != null) {
      json.writeFieldName("parameters");
      writeValue(json, parameters instanceof Map ? parameters : Map.of("value", parameters));
    }
    if (result != null) {
      json.writeFieldName("result");
      writeValue(json, result);
    }
    json.writeBooleanField("success", error == null && event.level() != EventLevel.ERROR);
    if (error != null) {
      json.writeStringField("error", error.message());
      json.writeStringField("error_type", error.type());
      writeOptional(json, "stack_trace", error.stackTrace());
    }
    json.writeStringField("correlation_id", correlationId(event, outboxEvent));
    if (data.get("duration_ms") instanceof Number duration) {
      json.writeNumberField("execution_time_ms", Math.round(duration.doubleValue()));
    }
    json.writeStringField("timestamp", event.ts().toString());
    writeContext(json, event, data);
    json.writeEndObject();
  }

  private static void writeContext(
      JsonGenerator json, Event event, Map<String, @Nullable Object> data) throws IOException {
    json.writeObjectFieldStart("context");
    json.writeStringField("event_id", event.eventId().toString());
    json.writeStringField("event_type", event.type().wireName());
    json.writeStringField("run_id", event.runId());
    json.writeStringField("session_id", event.sessionId());
    writeOptional(json, "msg", event.msg());
    writeOptional(json, "worker_id", event.workerId());
    writeOptional(json, "task_id", event.taskId());
    json.writeFieldName("data");
    writeValue(json, data);
    json.writeEndObject();
  }

  private String agentId(Event event) {
    if (agentId != null) {
      return agentId;
    }
    String worker = event.workerId();
    return uuid(worker == null ? "agent:" + event.sessionId() : worker);
  }

  private static String correlationId(Event event, OutboxEvent outboxEvent) {
    if (event.data().get("correlation_id") instanceof String id) {
      return id;
    }
    String call = event.toolUseId();
    return call == null ? outboxEvent.eventId() : call;
  }

  /** LeanVibe takes only UUIDs; another name gets one that is always the same. */
  private static String uuid(String name) {
    try {
      return UUID.fromString(name).toString();
    } catch (IllegalArgumentException e) {
      return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
  }

  private static @Nullable Object removeFirst(
      Map<String, @Nullable Object> data, List<String> names) {
    for (String name : names) {
      Object value = data.remove(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
