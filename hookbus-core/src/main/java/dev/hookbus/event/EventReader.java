package dev.hookbus.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes an event of an envelope's fields, taking what it understands. */
final class EventReader {
  private EventReader() {}

  static Event read(Map<String, @Nullable Object> fields) {
    String version = text(fields, "schema_version");
    if (version != null && !version.startsWith("1.")) {
      throw new EventFormatException("schema_version is not 1.x");
    }
    String role = text(fields, "agent_role");
    String level = text(fields, "level");
    return new Event(
        uuid(required(fields, "event_id")),
        Timestamps.parse(required(fields, "ts")),
        required(fields, "session_id"),
        required(fields, "run_id"),
        EventType.ofWireName(required(fields, "event_type")),
        level == null ? EventLevel.INFO : EventLevel.ofWireName(level),
        source(fields.get("source")),
        text(fields, "hook_event_name"),
        text(fields, "msg"),
        role == null ? null : AgentRole.ofWireName(role),
        text(fields, "worker_id"),
        text(fields, "task_id"),
        text(fields, "parent_event_id"),
        text(fields, "tool_name"),
        text(fields, "tool_use_id"),
        artifacts(fields.get("artifact_refs")),
        error(fields.get("error_detail")),
        fields.get("data") instanceof JsonObject data ? data : Map.of(),
        text(fields, "hash"),
        text(fields, "indexable_text"));
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new EventFormatException("event_id is not a UUID");
    }
  }

  private static @Nullable EventSource source(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    return new EventSource(
        textOr(map, "host", EventSource.UNKNOWN_HOST),
        Boolean.TRUE.equals(map.get("remote")),
        textOr(map, "cwd", ""),
        textOr(map, "project_dir", "unknown"));
  }

  private static List<ArtifactRef> artifacts(@Nullable Object value) {
    List<ArtifactRef> refs = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object item : list) {
        String producedAt = item instanceof Map<?, ?> map ? text(map, "produced_at") : null;
        if (item instanceof Map<?, ?> map && producedAt != null) {
          refs.add(
              new ArtifactRef(
                  textOr(map, "path", ""),
                  textOr(map, "type", "file"),
                  textOr(map, "hash", ArtifactRef.UNKNOWN_HASH),
                  map.get("size_bytes") instanceof Long size ? size : 0,
                  Timestamps.parse(producedAt)));
        }
      }
    }
    return refs;
  }

  private static @Nullable ErrorDetail error(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return null;
    }
    return new ErrorDetail(
        textOr(map, "type", "unknown"),
        textOr(map, "message", ""),
        text(map, "stack_trace"),
        text(map, "tool_name"),
        text(map, "tool_use_id"));
  }

  private static String required(Map<?, ?> fields, String name) {
    String value = text(fields, name);
    if (value == null) {
      throw new EventFormatException(name + " is missing or not a string");
    }
    return value;
  }

  private static String textOr(Map<?, ?> fields, String name, String absent) {
    String value = text(fields, name);
    return value == null ? absent : value;
  }

  private static @Nullable String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String value ? value : null;
  }
}
