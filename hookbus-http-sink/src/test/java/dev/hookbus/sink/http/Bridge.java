package dev.hookbus.sink.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bridge with the original's manners: HTTP/1.0, a connection for each request, answers without a
 * length, no chunked and no compressed bodies, one envelope a request, and a hang-up instead of
 * reading a body that is too large. The key is required of every request; an empty one lets
 * everybody in.
 */
final class Bridge implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ServerSocket listener;
  private final String apiKey;
  private final int maxBytes;
  private final boolean batches;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<JsonNode> stored = new CopyOnWriteArrayList<>();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final Set<String> hashes = new HashSet<>();

  private Bridge(String apiKey, int maxBytes, boolean batches) throws IOException {
    this.apiKey = apiKey;
    this.maxBytes = maxBytes;
    this.batches = batches;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::acceptAll);
  }

  static Bridge start(String apiKey, int maxBytes) throws IOException {
    return new Bridge(apiKey, maxBytes, false);
  }

  /** One that takes arrays of envelopes too, which the original does not. */
  static Bridge startWithBatches(String apiKey, int maxBytes) throws IOException {
    return new Bridge(apiKey, maxBytes, true);
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + listener.getLocalPort() + path);
  }

  /** The envelopes it took, in order. */
  List<JsonNode> stored() {
    return stored;
  }

  /** The statuses it answered with, in order. */
  List<Integer> statuses() {
    return statuses;
  }

  private void acceptAll() {
    try {
      while (!listener.isClosed()) {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      List<String> head = readHead(in);
      if (head.isEmpty()) {
        return;
      }
      Map<String, String> headers = new HashMap<>();
      for (String line : head.subList(1, head.size())) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Reply reply = answer(head.get(0).split(" ", -1)[1], headers, in);
      statuses.add(reply.status());
      client
          .getOutputStream()
          .write(
              ("HTTP/1.0 "
                      + reply.status()
                      + " Whatever\r\nContent-Type: application/json\r\n"
                      + "Access-Control-Allow-Origin: *\r\n\r\n"
                      + reply.body())
                  .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // the connection is over either way
    }
  }

  private record Reply(int status, String body) {}

  private Reply answer(String path, Map<String, String> headers, InputStream in)
      throws IOException {
    if (!apiKey.isEmpty() && !apiKey.equals(headers.get("x-api-key"))) {
      return new Reply(401, "{\"error\": \"Unauthorized\"}");
    }
    if (!path.equals("/ingest") && !path.equals("/events")) {
      return new Reply(404, "{\"error\": \"Not found\"}");
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > maxBytes) {
      return new Reply(413, "{\"error\": \"Payload too large\"}");
    }
    return ingest(in.readNBytes(length));
  }

  private synchronized Reply ingest(byte[] body) throws IOException {
    JsonNode envelope;
    try {
      if (body.length > 1 && body[0] == 0x1F) {
        return new Reply(500, "{\"error\": \"Internal error\"}");
      }
      envelope = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return new Reply(400, "{\"error\": \"Invalid JSON\"}");
    }
    if (envelope.isMissingNode()) {
      return new Reply(400, "{\"error\": \"Invalid JSON\"}");
    }
    if (batches && envelope.isArray()) {
      envelope.forEach(this::store);
      return new Reply(200, "{}");
    }
    if (!envelope.isObject()) {
      return new Reply(500, "{\"error\": \"Internal error\"}");
    }
    if (!envelope.path("schema_version").asText().equals("1.0")) {
      return new Reply(400, "{\"error\": \"Unsupported schema version\"}");
    }
    return store(envelope);
  }

  private Reply store(JsonNode envelope) {
    String id = envelope.path("event_id").asText("unknown");
    if (!hashes.add(envelope.path("hash").asText())) {
      return new Reply(202, "{\"status\": \"duplicate\", \"event_id\": \"" + id + "\"}");
    }
    stored.add(envelope);
    return new Reply(201, "{\"status\": \"success\", \"event_id\": \"" + id + "\"}");
  }

  private static List<String> readHead(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        if (line.isEmpty()) {
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      } else if (c != '\r') {
        line.append((char) c);
      }
    }
    return List.of();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
