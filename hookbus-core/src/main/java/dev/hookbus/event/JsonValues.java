package dev.hookbus.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of JSON as plain Java: String, Boolean, Long, BigInteger, Double, unmodifiable List and
 * Map, null. Whatever goes into an envelope is brought into this form first, so that writing and
 * hashing agree.
 */
final class JsonValues {
  /** Deeper structures are cut off: a graph that contains itself must end. */
  static final int MAX_DEPTH = 64;

  private JsonValues() {}

  static Map<String, @Nullable Object> copyOf(Map<String, ? extends @Nullable Object> map) {
    return map instanceof JsonObject frozen ? frozen : copyMap(map, 0);
  }

  static @Nullable Object copyOf(@Nullable Object value) {
    return copy(value, 0);
  }

  private static @Nullable Object copy(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return Texts.wellFormed(value.toString());
    }
    if (value instanceof Number number) {
      return copyNumber(number);
    }
    if (value instanceof JsonObject) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return depth >= MAX_DEPTH ? "..." : copyMap(map, depth + 1);
    }
    if (value instanceof Iterable<?> items) {
      return depth >= MAX_DEPTH ? "..." : copyList(items, depth + 1);
    }
    if (value instanceof Object[] items) {
      return depth >= MAX_DEPTH ? "..." : copyList(Arrays.asList(items), depth + 1);
    }
    return Texts.wellFormed(String.valueOf(value));
  }

  private static @Nullable Object copyNumber(Number number) {
    if (number instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? (Object) big.longValue() : big;
    }
    if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
      double value =
          // A float's own digits, not those of its exact value.
          number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
      return Double.isFinite(value) ? value : null;
    }
    return number.longValue();
  }

  private static Map<String, @Nullable Object> copyMap(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 2);
    map.forEach(
        (key, value) -> copy.put(Texts.wellFormed(String.valueOf(key)), copy(value, depth)));
    return new JsonObject(copy);
  }

  private static List<@Nullable Object> copyList(Iterable<?> items, int depth) {
    List<@Nullable Object> copy = new ArrayList<>();
    items.forEach(item -> copy.add(copy(item, depth)));
    return Collections.unmodifiableList(copy);
  }

  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeStartArray();
      for (Object item : (List<?>) value) {
        write(json, item);
      }
      json.writeEndArray();
    }
  }

  /** Reads the value the parser stands on. */
  static @Nullable Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> readMap(json);
      case START_ARRAY -> readList(json);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) json.getBigIntegerValue()
              : json.getLongValue();
      case VALUE_NUMBER_FLOAT -> copyNumber(json.getDoubleValue());
      case VALUE_STRING -> Texts.wellFormed(json.getText());
      default -> null;
    };
  }

  static Map<String, @Nullable Object> readMap(JsonParser json) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = Texts.wellFormed(json.currentName());
      json.nextToken();
      map.put(key, read(json));
    }
    return new JsonObject(map);
  }

  private static List<@Nullable Object> readList(JsonParser json) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(read(json));
    }
    return Collections.unmodifiableList(list);
  }
}
