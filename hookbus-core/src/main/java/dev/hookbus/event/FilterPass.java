package dev.hookbus.event;

import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One event's way through the filter, remembering which rules matched. Not thread-safe. */
final class FilterPass {
  private final EventFilter filter;
  private final TreeSet<String> rules = new TreeSet<>();

  FilterPass(EventFilter filter) {
    this.filter = filter;
  }

  @Nullable String text(@Nullable String text) {
    return text == null || text.isEmpty() ? text : apply(text);
  }

  @Nullable ErrorDetail error(@Nullable ErrorDetail error) {
    return error == null
        ? null
        : new ErrorDetail(
            error.type(),
            apply(error.message()),
            text(error.stackTrace()),
            error.toolName(),
            error.toolUseId());
  }

  ArtifactRef artifact(ArtifactRef ref) {
    return new ArtifactRef(
        apply(ref.path()), ref.type(), ref.hash(), ref.sizeBytes(), ref.producedAt());
  }

  Map<String, @Nullable Object> data(Map<String, @Nullable Object> data) {
    if (filter == EventFilter.NONE || data.isEmpty()) {
      return data;
    }
    String json = EventJson.writeValue(data);
    String filtered = apply(json);
    return filtered.equals(json) ? data : EventJson.readFields(filtered);
  }

  /** Null where no rule matched. */
  @Nullable RedactionRecord redaction() {
    return rules.isEmpty() ? null : RedactionRecord.of(rules, filter.mode());
  }

  private String apply(String text) {
    EventFilter.Filtered filtered = filter.apply(text);
    rules.addAll(filtered.rules());
    return filtered.text();
  }
}
