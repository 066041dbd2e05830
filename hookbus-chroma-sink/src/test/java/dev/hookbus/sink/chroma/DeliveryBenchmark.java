package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.store.Budget;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Delivery through outbox and sink beside a bare loop of the client that sends the same records in
 * the same batches to the same server, in turns; then the time queries take. Results go to {@code
 * target/chroma-benchmark.txt}. Run by hand: {@code mvn -pl hookbus-chroma-sink -am test
 * -Dtest=DeliveryBenchmark -Dhookbus.benchmark.events=10000
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "hookbus.benchmark.events", matches = "\\d+")
class DeliveryBenchmark {
  private static final int BATCH = 300;
  private static final int SINGLE_POSTS = 200;
  private static final int QUERY_ROUNDS = 21;

  @TempDir private Path directory;

  private final List<String> results = new ArrayList<>();

  /** One of ten events is worth finding by words. */
  private static List<OutboxEvent> batch(int first, int size) {
    List<OutboxEvent> batch = new ArrayList<>(size);
    for (int i = first; i < first + size; i++) {
      boolean error = i % 10 == 0;
      batch.add(
          Events.outbox(
              Events.of(error ? EventType.ERROR : EventType.TOOL_INVOCATION)
                  .ts(Events.START.plusMillis(i * 250L))
                  .sessionId("session-" + i / 200)
                  .level(error ? EventLevel.ERROR : EventLevel.INFO)
                  .tool(i % 3 == 0 ? "Edit" : "Bash", "toolu_" + i)
                  .msg("PostToolUse: step " + i + " in src/main/java/Service" + i % 50 + ".java")
                  .data(Map.of("status", "success", "duration_ms", i % 100 + 0.5))
                  .build(),
              i));
    }
    return batch;
  }

  @Test
  void delivery_andQueries() throws Exception {
    int total = Integer.getInteger("hookbus.benchmark.events");
    try (ChromaServer server = ChromaServer.started()) {
      ChromaConfig ours = server.config().build();
      ChromaConfig bare = server.config().build();
      long[] nanos = deliver(total, ours, new BareLoop(bare));
      int posted = (total + BATCH - 1) / BATCH * BATCH;
      result("outbox and sink", "%.0f events/s", posted / (nanos[0] / 1e9));
      result("bare client loop", "%.0f events/s", posted / (nanos[1] / 1e9));
      result("ratio", "%.1f %%", 100.0 * nanos[1] / nanos[0]);
      double single = singlePosts(server.config().build());
      result("one POST per event", "%.0f events/s", single);
      result("times one POST per event", "%.1f", posted / (nanos[0] / 1e9) / single);
      queries(ours);
      result("bytes per event, two copies", "%.0f", size(server.data()) / (2.0 * posted));
    }
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(Path.of("target/chroma-benchmark.txt")))) {
      results.forEach(out::println);
    }
  }

  private long[] deliver(int total, ChromaConfig ours, BareLoop bare) throws Exception {
    long[] nanos = new long[2];
    try (Store store = Store.sqlite(SqliteSettings.of(directory.resolve("hookbus.db")));
        Dispatcher dispatcher =
            Dispatcher.builder(store.outbox()).sink(ChromaSink.to(ours)).build()) {
      dispatcher.flush(Duration.ofSeconds(1)); // registers the sink
      for (int first = -BATCH; first < total; first += BATCH) {
        List<OutboxEvent> batch = batch(Math.max(0, first), first < 0 ? 1 : BATCH);
        append(store, batch);
        BareLoop.Prepared prepared = bare.prepare(batch);
        long start = System.nanoTime();
        assertThat(dispatcher.flush(Duration.ofMinutes(2)).complete()).isTrue();
        long middle = System.nanoTime();
        bare.send(prepared);
        if (first >= 0) { // the first connects, and loads classes
          nanos[0] += middle - start;
          nanos[1] += System.nanoTime() - middle;
        }
      }
    }
    return nanos;
  }

  private static void append(Store store, List<OutboxEvent> batch) throws Exception {
    List<OutgoingEvent> outgoing =
        batch.stream()
            .map(e -> new OutgoingEvent(e.eventId(), e.eventType(), e.json(), null))
            .toList();
    store.outbox().append(outgoing, Budget.of(Duration.ofSeconds(5)));
  }

  private static double singlePosts(ChromaConfig config) throws Exception {
    BareLoop loop = new BareLoop(config);
    List<OutboxEvent> events = batch(0, SINGLE_POSTS + 1);
    List<BareLoop.Prepared> posts =
        events.stream().skip(1).map(event -> loop.prepare(List.of(event))).toList();
    loop.send(loop.prepare(events.subList(0, 1)));
    long start = System.nanoTime();
    for (BareLoop.Prepared post : posts) {
      loop.send(post);
    }
    return SINGLE_POSTS / ((System.nanoTime() - start) / 1e9);
  }

  private void queries(ChromaConfig config) {
    try (ChromaEvents events = ChromaEvents.open(config)) {
      EventQuery all = EventQuery.all();
      time("count", () -> events.count(all));
      time("latest 20", () -> events.latest(all, 20));
      time("latest 100 errors", () -> events.latest(all.levels(EventLevel.ERROR), 100));
      time("latest 100 of a session", () -> events.latest(all.session("session-3"), 100));
      time("latest 20 with text", () -> events.latest(all.contains("Service7.java"), 20));
      time("page of 100", () -> events.page(all, 100));
      time("search, 10 hits", () -> events.search("step service7", all, 10));
      time(
          "search in a session",
          () -> events.search("step service7", all.session("session-3"), 10));
    }
  }

  private void time(String name, Runnable query) {
    long[] nanos = new long[QUERY_ROUNDS];
    for (int i = 0; i < QUERY_ROUNDS; i++) {
      long start = System.nanoTime();
      query.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    result(
        name,
        "p50 %.1f ms, max %.1f ms",
        nanos[QUERY_ROUNDS / 2] / 1e6,
        nanos[QUERY_ROUNDS - 1] / 1e6);
  }

  private void result(String name, String format, Object... values) {
    results.add(
        String.format(Locale.ROOT, "%-28s ", name) + String.format(Locale.ROOT, format, values));
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** What somebody would write who has the records at hand and nothing else to care for. */
  private static final class BareLoop {
    private final ChromaClient client;
    private final Partitioner partitioner;
    private final String events;
    private final String embeddings;

    BareLoop(ChromaConfig config) throws Exception {
      client = new ChromaClient(config);
      partitioner = new Partitioner(config);
      CollectionDirectory directory = new CollectionDirectory(config, client);
      events = directory.require(ChromaCollection.EVENTS).id();
      embeddings = directory.require(ChromaCollection.EMBEDDINGS).id();
    }

    /** The records of a batch, made before the clock runs. */
    record Prepared(List<ChromaRecord> events, List<ChromaRecord> texts) {}

    Prepared prepare(List<OutboxEvent> batch) {
      List<ChromaRecord> whole = new ArrayList<>();
      List<ChromaRecord> texts = new ArrayList<>();
      for (OutboxEvent event : batch) {
        Event read = EventJson.read(event.json());
        Map<ChromaCollection, List<ChromaRecord>> records =
            partitioner.partition(event, event.json(), read);
        whole.addAll(records.get(ChromaCollection.EVENTS));
        texts.addAll(records.getOrDefault(ChromaCollection.EMBEDDINGS, List.of()));
      }
      return new Prepared(whole, texts);
    }

    void send(Prepared prepared) throws Exception {
      add(events, Embedder.none(), prepared.events());
      if (!prepared.texts().isEmpty()) {
        add(embeddings, Embedder.hashing(), prepared.texts());
      }
    }

    private void add(String collection, Embedder embedder, List<ChromaRecord> records)
        throws Exception {
      List<String> documents = records.stream().map(ChromaRecord::document).toList();
      client.add(collection, new ChromaClient.Vectors(embedder.embed(documents), true), records);
    }
  }
}
