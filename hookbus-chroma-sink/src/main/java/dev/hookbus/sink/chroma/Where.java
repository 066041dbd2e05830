package dev.hookbus.sink.chroma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds conditions in the form the server takes: one operator to an object, no empty lists. Not
 * thread-safe.
 */
final class Where {
  private final List<Map<String, ?>> conditions = new ArrayList<>();

  /** One of those values; none asks for nothing. */
  Where anyOf(String key, List<String> values) {
    List<String> stored =
        values.stream().map(value -> Utf8Text.cut(value, Limits.VALUE_BYTES)).toList();
    if (stored.size() == 1) {
      conditions.add(Map.of(key, Map.of("$eq", stored.get(0))));
    } else if (!stored.isEmpty()) {
      conditions.add(Map.of(key, Map.of("$in", stored)));
    }
    return this;
  }

  /** From the first to the last millisecond, both included; the whole of time asks for nothing. */
  Where between(long firstMillis, long lastMillis) {
    if (firstMillis > 0) {
      conditions.add(Map.of(Keys.TS, Map.of("$gte", firstMillis)));
    }
    if (lastMillis < WindowSearch.END_OF_TIME) {
      conditions.add(Map.of(Keys.TS, Map.of("$lte", lastMillis)));
    }
    return this;
  }

  boolean isEmpty() {
    return conditions.isEmpty();
  }

  /** All conditions together; null where there is none. */
  @Nullable Map<String, ?> build() {
    return all(conditions);
  }

  /** Text somewhere in the document, or a match, or both; null for neither. */
  static @Nullable Map<String, ?> document(@Nullable String contains, @Nullable String regex) {
    List<Map<String, ?>> conditions = new ArrayList<>();
    if (contains != null) {
      conditions.add(Map.of("$contains", contains));
    }
    if (regex != null) {
      conditions.add(Map.of("$regex", regex));
    }
    return all(conditions);
  }

  private static @Nullable Map<String, ?> all(List<Map<String, ?>> conditions) {
    return switch (conditions.size()) {
      case 0 -> null;
      case 1 -> conditions.get(0);
      default -> Map.of("$and", List.copyOf(conditions));
    };
  }
}
