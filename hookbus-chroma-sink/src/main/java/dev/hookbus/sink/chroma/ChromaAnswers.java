package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of the server's answers, which are columns. */
final class ChromaAnswers {
  private static final int MAX_PLAIN_TEXT = 200;

  private ChromaAnswers() {}

  /** The server's words about a failure; as plain text where they are no JSON. */
  static String errorMessage(byte[] body) {
    try {
      return ChromaJson.readObject(body).get("message") instanceof String message ? message : "";
    } catch (IOException e) {
      return new String(body, 0, Math.min(body.length, MAX_PLAIN_TEXT), StandardCharsets.UTF_8);
    }
  }

  static CollectionInfo collection(byte[] body) throws IOException {
    Map<String, @Nullable Object> fields = ChromaJson.readObject(body);
    if (!(fields.get("id") instanceof String id) || !(fields.get("name") instanceof String name)) {
      throw new IOException("the answer is not a collection");
    }
    return new CollectionInfo(
        id,
        name,
        fields.get("dimension") instanceof Long dimension ? dimension.intValue() : null,
        metadata(fields.get("metadata")));
  }

  static List<ChromaRecord> records(byte[] body) throws IOException {
    Map<String, @Nullable Object> columns = ChromaJson.readObject(body);
    return rows(columns.get("ids"), columns.get("documents"), columns.get("metadatas"));
  }

  /** What a query for one vector found, nearest first. */
  static List<Neighbour> neighbours(byte[] body) throws IOException {
    Map<String, @Nullable Object> columns = ChromaJson.readObject(body);
    List<ChromaRecord> records =
        rows(
            first(columns.get("ids")),
            first(columns.get("documents")),
            first(columns.get("metadatas")));
    Object distances = first(columns.get("distances"));
    List<Neighbour> neighbours = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      double distance = at(distances, i) instanceof Number number ? number.doubleValue() : 1;
      neighbours.add(new Neighbour(records.get(i), distance));
    }
    return neighbours;
  }

  /**
   * A record near a vector.
   *
   * @param distance 0 for the same direction, 1 for none in common
   */
  record Neighbour(ChromaRecord record, double distance) {}

  private static List<ChromaRecord> rows(
      @Nullable Object ids, @Nullable Object documents, @Nullable Object metadatas)
      throws IOException {
    if (!(ids instanceof List<?> list)) {
      throw new IOException("the answer holds no records");
    }
    List<ChromaRecord> records = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String document = at(documents, i) instanceof String text ? text : "";
      records.add(
          new ChromaRecord(String.valueOf(list.get(i)), document, metadata(at(metadatas, i))));
    }
    return records;
  }

  private static @Nullable Object first(@Nullable Object column) {
    return at(column, 0);
  }

  private static @Nullable Object at(@Nullable Object column, int index) {
    return column instanceof List<?> list && index < list.size() ? list.get(index) : null;
  }

  private static Map<String, @Nullable Object> metadata(@Nullable Object value) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> metadata.put(String.valueOf(key), item));
    }
    return metadata;
  }
}
