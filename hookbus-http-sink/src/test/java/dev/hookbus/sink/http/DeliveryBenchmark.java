package dev.hookbus.sink.http;

import com.sun.net.httpserver.HttpServer;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Sink;
import dev.hookbus.store.Budget;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Measures how fast a backlog leaves the outbox for a local server, beside how fast the same sink
 * posts the same events from memory: the server's own limit in the same run. Both take turns, and
 * the best round of each counts: whatever else the machine does can only slow one down. Run its
 * main class on the test class path; the arguments are the number of events and, if not all are
 * wanted, profiles.
 */
final class DeliveryBenchmark {
  private static final int PAGE = 500;
  private static final int ROUNDS = 9;

  private DeliveryBenchmark() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int events = args.length == 0 ? 20_000 : Integer.parseInt(args[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2,
            work -> {
              Thread thread = new Thread(work, "server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    System.out.printf("%-18s %12s %12s %7s%n", "profile", "outbox ev/s", "memory ev/s", "ratio");
    for (HttpProfile profile : profiles(args)) {
      boolean batches = !List.of("BRIDGE", "LEANVIBE", "CLOUDEVENTS").contains(profile.name());
      int size = batches ? events : Math.max(500, events / 20);
      measure(uri, profile, batches ? size : 500); // warm-up
      double[] rates = measure(uri, profile, size);
      System.out.printf(
          "%-18s %12.0f %12.0f %6.0f%%%n", profile, rates[0], rates[1], 100 * rates[0] / rates[1]);
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private static List<HttpProfile> profiles(String[] args) {
    return args.length < 2
        ? List.of(HttpProfile.values())
        : Arrays.stream(args).skip(1).map(HttpProfile::valueOf).toList();
  }

  private static double[] measure(URI uri, HttpProfile profile, int size) throws Exception {
    List<OutboxEvent> events = Events.tools(size);
    double outbox = 0;
    double memory = 0;
    for (int round = 0; round < ROUNDS; round++) {
      outbox = Math.max(outbox, size / fromOutbox(uri, profile, events));
      memory = Math.max(memory, size / fromMemory(uri, profile, events));
    }
    return new double[] {outbox, memory};
  }

  private static double fromOutbox(URI uri, HttpProfile profile, List<OutboxEvent> events)
      throws Exception {
    Path dir = Files.createTempDirectory("benchmark");
    try (Store store = Store.sqlite(SqliteSettings.of(dir.resolve("hookbus.db")));
        Dispatcher dispatcher =
            Dispatcher.builder(store.outbox())
                .sink(HttpSink.to(uri).profile(profile).build())
                .build()) {
      for (int i = 0; i < events.size(); i += PAGE) {
        store
            .outbox()
            .append(
                events.subList(i, Math.min(events.size(), i + PAGE)).stream()
                    .map(
                        e ->
                            new OutgoingEvent(
                                e.eventId(), e.eventType(), e.json(), e.traceparent()))
                    .toList(),
                Budget.of(Duration.ofSeconds(30)));
      }
      long start = System.nanoTime();
      FlushReport report = dispatcher.flush(Duration.ofMinutes(5));
      long end = System.nanoTime();
      if (report.delivered() != events.size()) {
        throw new IllegalStateException(report.toString());
      }
      return (end - start) / 1e9;
    } finally {
      delete(dir);
    }
  }

  private static double fromMemory(URI uri, HttpProfile profile, List<OutboxEvent> events) {
    try (Sink sink = HttpSink.to(uri).profile(profile).build()) {
      int page = sink.limits().maxEvents();
      long start = System.nanoTime();
      for (int i = 0; i < events.size(); i += page) {
        List<OutboxEvent> batch = events.subList(i, Math.min(events.size(), i + page));
        if (sink.deliver(batch).settledPrefix() != batch.size()) {
          throw new IllegalStateException("the local server refused a batch");
        }
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
