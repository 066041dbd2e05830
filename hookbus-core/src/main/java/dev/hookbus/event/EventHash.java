package dev.hookbus.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content hash by which a receiver recognises a repeated envelope: SHA-256 over the canonical
 * JSON of {@code session_id}, {@code ts}, {@code event_type} and {@code data}, whichever of them
 * are present.
 *
 * <p>Canonical means keys sorted by code point at every level, {@code ", "} and {@code ": "} as
 * separators, literal non-ASCII, and numbers as Python writes them.
 */
public final class EventHash {
  private static final String SESSION_ID = "session_id";
  private static final String TS = "ts";
  private static final String EVENT_TYPE = "event_type";
  private static final String DATA = "data";

  private EventHash() {}

  /**
   * The hash of an envelope as it came, unknown values included.
   *
   * <pre>{@code
   * boolean intact = EventHash.ofJson(json).equals(EventJson.read(json).hash());
   * }</pre>
   *
   * @param envelope one JSON object
   * @return 64 hex digits
   * @throws EventFormatException where the text is not a JSON object
   */
  public static String ofJson(String envelope) {
    Map<String, @Nullable Object> fields = EventJson.readFields(envelope);
    Map<String, @Nullable Object> hashed = new LinkedHashMap<>();
    for (String key : new String[] {SESSION_ID, TS, EVENT_TYPE, DATA}) {
      if (fields.containsKey(key)) {
        hashed.put(key, fields.get(key));
      }
    }
    return Hashing.sha256Hex(PythonJson.write(hashed));
  }

  /** Data in the form of {@link JsonValues}; empty data is absent data. */
  static String of(String sessionId, String ts, String type, Map<String, @Nullable Object> data) {
    Map<String, @Nullable Object> hashed = new LinkedHashMap<>();
    hashed.put(SESSION_ID, sessionId);
    hashed.put(TS, ts);
    hashed.put(EVENT_TYPE, type);
    if (!data.isEmpty()) {
      hashed.put(DATA, data);
    }
    return Hashing.sha256Hex(PythonJson.write(hashed));
  }
}
