package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which rules changed an event before it was recorded; stands in {@code data.redaction}.
 *
 * @param applied whether anything was changed
 * @param rules the names of the rules that matched, sorted
 * @param mode the redaction mode, such as {@code strict}
 */
public record RedactionRecord(boolean applied, List<String> rules, String mode) {
  static final String KEY = "redaction";

  /** Copies the rules. */
  public RedactionRecord {
    rules = List.copyOf(rules);
    requireNonNull(mode, "mode");
  }

  /** The record of rules that matched; {@code applied} where there is one. */
  public static RedactionRecord of(Collection<String> rules, String mode) {
    return new RedactionRecord(!rules.isEmpty(), List.copyOf(new TreeSet<>(rules)), mode);
  }

  Map<String, @Nullable Object> toData() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("applied", applied);
    data.put("rules", rules);
    data.put("mode", mode);
    return data;
  }

  static @Nullable RedactionRecord fromData(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map) || !(map.get("mode") instanceof String mode)) {
      return null;
    }
    List<String> rules =
        map.get("rules") instanceof List<?> list
            ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
            : List.of();
    return new RedactionRecord(Boolean.TRUE.equals(map.get("applied")), rules, mode);
  }
}
