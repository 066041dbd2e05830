package dev.hookbus.sink.chroma;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of REST v2 we need. Thread-safe. Each throws {@link ChromaFaultException} where the
 * server refuses, and another {@link IOException} where it does not answer: then what was written
 * may be stored or not.
 */
final class ChromaClient {
  private static final String API = "/api/v2";

  private final ChromaHttp http;
  private final String tenant;
  private final String database;

  ChromaClient(ChromaConfig config) {
    this.http = new ChromaHttp(config);
    this.tenant = config.tenant();
    this.database = config.database();
  }

  void heartbeat() throws IOException, InterruptedException {
    http.send("GET", API + "/heartbeat", null);
  }

  /** What the server calls its version; 1.0.0 for all of 1.x. */
  String version() throws IOException, InterruptedException {
    String quoted = new String(http.send("GET", API + "/version", null), UTF_8);
    return quoted.replace("\"", "").strip();
  }

  /** Whether the server takes vectors as base64, which is half as long. */
  boolean takesBase64() throws IOException, InterruptedException {
    byte[] answer = http.send("GET", API + "/pre-flight-checks", null);
    return Boolean.TRUE.equals(ChromaJson.readObject(answer).get("supports_base64_encoding"));
  }

  boolean databaseExists() throws IOException, InterruptedException {
    try {
      http.send("GET", databasePath(), null);
      return true;
    } catch (ChromaFaultException e) {
      if (e.fault() == Fault.GONE) {
        return false;
      }
      throw e;
    }
  }

  /** Makes the tenant and the database; what others made in the meantime is as good. */
  void createDatabase() throws IOException, InterruptedException {
    create(API + "/tenants", tenant);
    create(API + "/tenants/" + tenant + "/databases", database);
  }

  private void create(String path, String name) throws IOException, InterruptedException {
    try {
      post(path, json -> ChromaJson.write(json, Map.of("name", name)));
    } catch (ChromaFaultException e) {
      if (e.fault() != Fault.BUSY) {
        throw e;
      }
    }
  }

  /** The collection of that name, made where there is none; its metadata tells who made it. */
  CollectionInfo getOrCreate(String name, Map<String, Object> metadata)
      throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of(
            "name",
            name,
            "get_or_create",
            true,
            "metadata",
            metadata,
            "configuration",
            Map.of("hnsw", Map.of("space", "cosine")));
    return ChromaAnswers.collection(
        post(databasePath() + "/collections", json -> ChromaJson.write(json, request)));
  }

  /** The collection of that name; null where there is none. */
  @Nullable CollectionInfo find(String name) throws IOException, InterruptedException {
    try {
      return ChromaAnswers.collection(
          http.send("GET", databasePath() + "/collections/" + name, null));
    } catch (ChromaFaultException e) {
      if (e.fault() == Fault.GONE) {
        return null;
      }
      throw e;
    }
  }

  void deleteCollection(String name) throws IOException, InterruptedException {
    http.send("DELETE", databasePath() + "/collections/" + name, null);
  }

  /** Stores what is new; a record whose ID is there already is left as it is. */
  void add(String collection, Vectors vectors, List<ChromaRecord> records)
      throws IOException, InterruptedException {
    write(collection, "add", vectors, records);
  }

  /** Stores or replaces; keys of the old metadata stay unless they are named with null. */
  void upsert(String collection, Vectors vectors, List<ChromaRecord> records)
      throws IOException, InterruptedException {
    write(collection, "upsert", vectors, records);
  }

  private void write(String collection, String verb, Vectors vectors, List<ChromaRecord> records)
      throws IOException, InterruptedException {
    post(
        recordsPath(collection, verb),
        json -> {
          json.writeStartObject();
          writeArray(json, "ids", records, r -> json.writeString(r.id()));
          writeArray(json, "documents", records, r -> json.writeString(r.document()));
          writeArray(json, "metadatas", records, r -> ChromaJson.write(json, r.metadata()));
          writeArray(json, "embeddings", vectors.values(), v -> vectors.write(json, v));
          json.writeEndObject();
        });
  }

  /** What writes one item. */
  private interface Item<T> {
    void write(T item) throws IOException;
  }

  private static <T> void writeArray(JsonGenerator json, String name, List<T> items, Item<T> writer)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T item : items) {
      writer.write(item);
    }
    json.writeEndArray();
  }

  List<ChromaRecord> get(String collection, Selection selection)
      throws IOException, InterruptedException {
    return ChromaAnswers.records(post(recordsPath(collection, "get"), selection::writeGet));
  }

  /** The records nearest to that vector among those selected. */
  List<ChromaAnswers.Neighbour> query(String collection, float[] vector, Selection selection)
      throws IOException, InterruptedException {
    return ChromaAnswers.neighbours(
        post(recordsPath(collection, "query"), json -> selection.writeQuery(json, vector)));
  }

  void delete(String collection, List<String> ids) throws IOException, InterruptedException {
    post(recordsPath(collection, "delete"), json -> ChromaJson.write(json, Map.of("ids", ids)));
  }

  long count(String collection) throws IOException, InterruptedException {
    String answer = new String(http.send("GET", recordsPath(collection, "count"), null), UTF_8);
    try {
      return Long.parseLong(answer.strip());
    } catch (NumberFormatException e) {
      throw new IOException("the answer is not a count");
    }
  }

  private byte[] post(String path, ChromaJson.Body body) throws IOException, InterruptedException {
    return http.send("POST", path, ChromaJson.bytes(body));
  }

  private String databasePath() {
    return API + "/tenants/" + tenant + "/databases/" + database;
  }

  private String recordsPath(String collection, String verb) {
    return databasePath() + "/collections/" + collection + "/" + verb;
  }

  /**
   * Vectors, and the form the server takes them in.
   *
   * @param values one for each record
   * @param base64 little-endian floats as base64, rather than an array of numbers
   */
  record Vectors(List<float[]> values, boolean base64) {

    void write(JsonGenerator json, float[] vector) throws IOException {
      if (base64) {
        ByteBuffer bytes =
            ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        json.writeString(Base64.getEncoder().encodeToString(bytes.array()));
      } else {
        json.writeStartArray();
        for (float value : vector) {
          json.writeNumber(value);
        }
        json.writeEndArray();
      }
    }
  }
}
