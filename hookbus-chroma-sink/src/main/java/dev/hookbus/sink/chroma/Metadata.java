package dev.hookbus.sink.chroma;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a record's metadata and keeps it within {@link Limits}. What the server cannot hold
 * becomes what it can: objects and mixed arrays their JSON, large whole numbers their digits. Null
 * and empty arrays are left out, and so is whatever is beyond the caps.
 */
final class Metadata {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private int elements;

  Metadata put(String key, @Nullable Object value) {
    Object storable = storable(value);
    if (storable != null && values.size() < Limits.KEYS) {
      values.putIfAbsent(safeKey(key), storable);
    }
    return this;
  }

  /** The text, or the empty text where there is none, as readers of the original expect. */
  Metadata putText(String key, @Nullable String value) {
    return put(key, value == null ? "" : value);
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  /** The server refuses some prefixes, and takes {@code chroma:} for orders to itself. */
  static String safeKey(String key) {
    String safe = Utf8Text.cut(key, Limits.KEY_BYTES);
    boolean reserved =
        safe.isEmpty()
            || safe.startsWith("#")
            || safe.startsWith("$")
            || safe.regionMatches(true, 0, "chroma:", 0, "chroma:".length());
    return reserved ? Utf8Text.cut("_" + safe.replace(':', '_'), Limits.KEY_BYTES) : safe;
  }

  private @Nullable Object storable(@Nullable Object value) {
    if (value instanceof String text) {
      return Utf8Text.cut(text, Limits.VALUE_BYTES);
    }
    if (value instanceof List<?> list) {
      return storableList(list);
    }
    if (value instanceof Map<?, ?>) {
      return Utf8Text.cut(ChromaJson.text(value), Limits.VALUE_BYTES);
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? number : null;
    }
    if (value instanceof BigInteger) {
      return value.toString();
    }
    return value;
  }

  private @Nullable Object storableList(List<?> list) {
    if (list.isEmpty()) {
      return null;
    }
    Class<?> kind = list.get(0) == null ? Void.class : list.get(0).getClass();
    boolean alike =
        (kind == String.class
                || kind == Long.class
                || kind == Double.class
                || kind == Boolean.class)
            && list.stream().allMatch(kind::isInstance);
    int size = Math.min(list.size(), Limits.ARRAY_ELEMENTS);
    if (!alike || elements + size > Limits.RECORD_ELEMENTS) {
      return Utf8Text.cut(ChromaJson.text(list), Limits.VALUE_BYTES);
    }
    elements += size;
    List<Object> kept = new ArrayList<>(size);
    for (Object item : list.subList(0, size)) {
      kept.add(item instanceof String text ? Utf8Text.cut(text, Limits.VALUE_BYTES) : item);
    }
    return kept;
  }
}
