package dev.hookbus.examples.claude;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes the place of the model: asks for one shell command after the other, whatever it is told,
 * and keeps what it was told. Speaks as much of the Messages API as the host needs.
 */
final class ScriptedModel implements AutoCloseable {

  private final List<String> commands;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private ScriptedModel(List<String> commands) throws IOException {
    this.commands = commands;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A model that asks for these commands and then is done. */
  static ScriptedModel asking(List<String> commands) throws IOException {
    return new ScriptedModel(commands);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whether the host has told the model a text, as JSON writes it. */
  boolean wasTold(String text) {
    return requests.stream().anyMatch(request -> request.contains(text));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (!path.equals("/v1/messages")) {
        send(exchange, "application/json", "{\"input_tokens\":1}");
        return;
      }
      JsonValue request = JsonValue.parse(body);
      requests.add(new String(body, StandardCharsets.UTF_8));
      send(exchange, "text/event-stream", events(request));
    }
  }

  private static void send(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** The next step of the script: as many are done as the model has spoken before. */
  private String events(JsonValue request) {
    int step = 0;
    for (JsonValue message : items(request, "messages")) {
      step += "assistant".equals(message.text("role")) ? 1 : 0;
    }
    boolean asks = step < commands.size() && !items(request, "tools").isEmpty();
    StringBuilder events = new StringBuilder();
    add(events, start(step));
    add(events, asks ? toolBlock(step) : textBlock());
    add(events, asks ? delta("input_json_delta", "partial_json", input(step)) : done());
    add(events, event("content_block_stop").field("index", 0));
    add(events, end(asks ? "tool_use" : "end_turn"));
    add(events, event("message_stop"));
    return events.toString();
  }

  private static List<JsonValue> items(JsonValue request, String name) {
    JsonValue items = request.get(name);
    return items == null ? List.of() : items.items();
  }

  private static void add(StringBuilder events, JsonWriter event) {
    String data = event.endObject().finish();
    events.append("event: ").append(JsonValue.parse(data).text("type"));
    events.append("\ndata: ").append(data).append("\n\n");
  }

  private static JsonWriter event(String type) {
    return new JsonWriter().beginObject().field("type", type);
  }

  private static JsonWriter start(int step) {
    return event("message_start")
        .name("message")
        .beginObject()
        .field("id", "msg_" + step)
        .field("type", "message")
        .field("role", "assistant")
        .field("model", "scripted")
        .name("content")
        .beginArray()
        .endArray()
        .name("usage")
        .beginObject()
        .field("input_tokens", 1)
        .field("output_tokens", 1)
        .endObject()
        .endObject();
  }

  private static JsonWriter toolBlock(int step) {
    return event("content_block_start")
        .field("index", 0)
        .name("content_block")
        .beginObject()
        .field("type", "tool_use")
        .field("id", "toolu_" + step)
        .field("name", "Bash")
        .name("input")
        .beginObject()
        .endObject()
        .endObject();
  }

  private static JsonWriter textBlock() {
    return event("content_block_start")
        .field("index", 0)
        .name("content_block")
        .beginObject()
        .field("type", "text")
        .field("text", "")
        .endObject();
  }

  private String input(int step) {
    return new JsonWriter()
        .beginObject()
        .field("command", commands.get(step))
        .field("description", "a trial")
        .endObject()
        .finish();
  }

  private static JsonWriter done() {
    return delta("text_delta", "text", "Done.");
  }

  private static JsonWriter delta(String type, String field, String text) {
    return event("content_block_delta")
        .field("index", 0)
        .name("delta")
        .beginObject()
        .field("type", type)
        .field(field, text)
        .endObject();
  }

  private static JsonWriter end(String reason) {
    return event("message_delta")
        .name("delta")
        .beginObject()
        .field("stop_reason", reason)
        .endObject()
        .name("usage")
        .beginObject()
        .field("output_tokens", 1)
        .endObject();
  }
}
