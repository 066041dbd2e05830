package dev.hookbus.examples.pack;

import dev.hookbus.json.JsonMember;
import dev.hookbus.json.JsonType;
import dev.hookbus.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the host's JSON over into an event's data. */
final class JsonData {

  private JsonData() {}

  /** A value as text, number, boolean, list, map or null. */
  static @Nullable Object of(@Nullable JsonValue value) {
    if (value == null) {
      return null;
    }
    return switch (value.type()) {
      case OBJECT -> map(value);
      case ARRAY -> list(value);
      case STRING -> value.asText();
      case NUMBER -> number(value);
      case BOOLEAN -> value.asBoolean();
      case NULL -> null;
    };
  }

  /** The members of an object; none of anything else. */
  static Map<String, @Nullable Object> map(@Nullable JsonValue value) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    if (value != null) {
      for (JsonMember member : value.members()) {
        map.put(member.name(), of(member.value()));
      }
    }
    return map;
  }

  /**
   * What a tool answered: the text where it is all text, as MCP servers give it in a list of
   * blocks, else the structure.
   */
  static @Nullable Object response(@Nullable JsonValue response) {
    if (response == null || response.type() != JsonType.ARRAY) {
      return of(response);
    }
    StringBuilder text = new StringBuilder();
    for (JsonValue block : response.items()) {
      String part = block.text("text");
      if (part == null) {
        return of(response);
      }
      text.append(text.isEmpty() ? "" : "\n").append(part);
    }
    return text.toString();
  }

  private static List<@Nullable Object> list(JsonValue value) {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonValue item : value.items()) {
      list.add(of(item));
    }
    return list;
  }

  private static @Nullable Object number(JsonValue value) {
    Long whole = value.asLong();
    if (whole != null) {
      return whole;
    }
    Double nearest = value.asDouble();
    return nearest == null ? value.numberText() : nearest;
  }
}
