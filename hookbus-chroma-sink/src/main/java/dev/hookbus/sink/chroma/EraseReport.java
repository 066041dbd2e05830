package dev.hookbus.sink.chroma;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many records were deleted, or would be.
 *
 * @param records by collection; a collection that does not exist has none
 */
public record EraseReport(Map<ChromaCollection, Long> records) {
  /** Copies the counts. */
  public EraseReport {
    Map<ChromaCollection, Long> copy = new EnumMap<>(ChromaCollection.class);
    copy.putAll(records);
    records = Collections.unmodifiableMap(copy);
  }

  /** All collections together. */
  public long total() {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }
}
