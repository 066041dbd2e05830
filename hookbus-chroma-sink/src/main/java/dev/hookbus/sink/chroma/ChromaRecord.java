package dev.hookbus.sink.chroma;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of a collection.
 *
 * @param id at most {@link Limits#ID_BYTES} bytes
 * @param document its text
 * @param metadata String, Long, Double, Boolean or a list of one of them; null, in an upsert only,
 *     takes the key away
 */
record ChromaRecord(String id, String document, Map<String, @Nullable Object> metadata) {
  ChromaRecord {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The whole number of that key; 0 where there is none. */
  long number(String key) {
    return metadata.get(key) instanceof Number number ? number.longValue() : 0;
  }

  /** The text of that key; empty where there is none. */
  String text(String key) {
    return metadata.get(key) instanceof String text ? text : "";
  }
}
