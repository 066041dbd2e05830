package dev.hookbus.sink.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A real HTTP server that remembers requests and answers as told. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Reply> script = request -> Reply.of(201);

  /** One request, with its body unpacked. */
  @SuppressWarnings("ArrayRecordComponent") // compared never
  record Request(
      String method, String path, Map<String, List<String>> headers, byte[] raw, String body) {

    /** The header's value, or null. */
    String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().get(0))
          .findFirst()
          .orElse(null);
    }
  }

  /** One answer. */
  record Reply(int status, String body, Map<String, String> headers) {
    static Reply of(int status) {
      return new Reply(status, "{}", Map.of());
    }

    static Reply of(int status, String body) {
      return new Reply(status, body, Map.of());
    }

    Reply with(String name, String value) {
      return new Reply(status, body, Map.of(name, value));
    }
  }

  private Receiver(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  static Receiver start() throws IOException {
    return new Receiver(HttpServer.create(loopback(), 0));
  }

  /** A server with TLS that asks for a client certificate where {@code clientAuth} says so. */
  static Receiver startTls(SSLContext context, boolean clientAuth) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = context.getDefaultSSLParameters();
            tls.setNeedClientAuth(clientAuth);
            parameters.setSSLParameters(tls);
          }
        });
    return new Receiver(server);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI uri(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  void answer(Function<Request, Reply> newScript) {
    script = newScript;
  }

  void answer(int status) {
    script = request -> Reply.of(status);
  }

  List<Request> requests() {
    return requests;
  }

  Request onlyRequest() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, not " + requests.size());
    }
    return requests.get(0);
  }

  /** The bodies of the requests that were answered well. */
  List<Request> accepted() {
    List<Request> good = new ArrayList<>();
    for (Request request : requests) {
      if (request.headers().containsKey("x-accepted")) {
        good.add(request);
      }
    }
    return good;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] raw = exchange.getRequestBody().readAllBytes();
      Map<String, List<String>> headers = new java.util.HashMap<>(exchange.getRequestHeaders());
      boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      String body =
          new String(
              gzip ? new GZIPInputStream(new ByteArrayInputStream(raw)).readAllBytes() : raw,
              StandardCharsets.UTF_8);
      Request request =
          new Request(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, raw, body);
      Reply reply = script.apply(request);
      if (reply.status() / 100 == 2) {
        headers.put("x-accepted", List.of("1"));
      }
      requests.add(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
