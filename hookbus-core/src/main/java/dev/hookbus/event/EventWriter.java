package dev.hookbus.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes one envelope in the schema's key order. */
final class EventWriter {
  private EventWriter() {}

  static void write(JsonGenerator json, Event event) throws IOException {
    refuseUnwritable(event);
    json.writeStartObject();
    json.writeStringField("event_id", event.eventId().toString());
    json.writeStringField("ts", Timestamps.format(event.ts()));
    json.writeStringField("schema_version", Event.SCHEMA_VERSION);
    json.writeStringField("session_id", event.sessionId());
    json.writeStringField("run_id", event.runId());
    json.writeStringField("event_type", event.type().wireName());
    json.writeStringField("level", event.level().wireName());
    writeSource(json, event.source());
    writeOptional(json, "hook_event_name", event.hookEventName());
    writeOptional(json, "msg", event.msg());
    AgentRole role = event.agentRole();
    writeOptional(json, "agent_role", role == null ? null : role.wireName());
    writeOptional(json, "worker_id", event.workerId());
    writeOptional(json, "task_id", event.taskId());
    writeOptional(json, "parent_event_id", event.parentEventId());
    writeOptional(json, "tool_name", event.toolName());
    writeOptional(json, "tool_use_id", event.toolUseId());
    writeArtifacts(json, event);
    writeError(json, event.errorDetail());
    if (!event.data().isEmpty()) {
      json.writeFieldName("data");
      JsonValues.write(json, event.data());
    }
    writeOptional(json, "hash", event.hash());
    writeOptional(json, "indexable_text", event.indexableText());
    json.writeEndObject();
  }

  private static void refuseUnwritable(Event event) {
    if (event.type() == EventType.UNKNOWN
        || event.level() == EventLevel.UNKNOWN
        || event.agentRole() == AgentRole.UNKNOWN) {
      throw new IllegalArgumentException("an unknown event type, level or role is not written");
    }
    if (event.source() == null) {
      throw new IllegalArgumentException("an event without a source is not written");
    }
  }

  private static void writeSource(JsonGenerator json, @Nullable EventSource source)
      throws IOException {
    if (source == null) {
      return;
    }
    json.writeObjectFieldStart("source");
    json.writeStringField("host", source.host());
    json.writeBooleanField("remote", source.remote());
    json.writeStringField("cwd", source.cwd());
    json.writeStringField("project_dir", source.projectDir());
    json.writeEndObject();
  }

  private static void writeArtifacts(JsonGenerator json, Event event) throws IOException {
    if (event.artifactRefs().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("artifact_refs");
    for (ArtifactRef artifact : event.artifactRefs()) {
      JsonValues.write(json, artifact.toData());
    }
    json.writeEndArray();
  }

  private static void writeError(JsonGenerator json, @Nullable ErrorDetail error)
      throws IOException {
    if (error == null) {
      return;
    }
    json.writeObjectFieldStart("error_detail");
    json.writeStringField("type", error.type());
    json.writeStringField("message", error.message());
    // Inside the detail nulls are written: receivers read all five keys.
    json.writeStringField("stack_trace", error.stackTrace());
    json.writeStringField("tool_name", error.toolName());
    json.writeStringField("tool_use_id", error.toolUseId());
    json.writeEndObject();
  }

  private static void writeOptional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null && !value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }
}
