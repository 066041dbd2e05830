package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.ChildJvm;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.GuardCompletion;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Execution;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers and drainers are killed at random moments, again and again; then every event whose
 * recording returned must be at the receiver, and repeats must be the same event. More rounds:
 *
 * <pre>{@code
 * mvn -pl hookbus-core,hookbus-http-sink verify -Dhookbus.campaign.rounds=200 \
 *     -Dtest=KillCampaignTest -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 */
class KillCampaignTest {
  private static final int ROUNDS = Integer.getInteger("hookbus.campaign.rounds", 4);
  private static final long SEED = Long.getLong("hookbus.campaign.seed", 20_260_129L);
  private static final int PRODUCERS = 2;
  private static final int DRAINERS = 2;
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path dir;
  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Map<String, String> received = new ConcurrentHashMap<>();
  private final AtomicInteger arrivals = new AtomicInteger();
  private final AtomicInteger changed = new AtomicInteger();
  private final List<Thread> readers = new ArrayList<>();

  @Test
  void no_acknowledged_event_is_lost_whoever_is_killed() throws Exception {
    try (Receiver receiver = Receiver.start()) {
      receiver.answer(this::take);
      List<ChildJvm> producers = new ArrayList<>();
      List<ChildJvm> drainers = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        producers.add(startProducer());
      }
      for (int i = 0; i < DRAINERS; i++) {
        drainers.add(startDrainer(receiver));
      }
      for (int round = 0; round < ROUNDS; round++) {
        LockSupport.parkNanos(random.nextInt(400_000_000));
        int victim = random.nextInt(PRODUCERS);
        producers.get(victim).kill();
        producers.set(victim, startProducer());
        LockSupport.parkNanos(random.nextInt(400_000_000));
        victim = random.nextInt(DRAINERS);
        drainers.get(victim).kill();
        drainers.set(victim, startDrainer(receiver));
      }
      for (ChildJvm child : drainers) {
        child.kill();
      }
      for (ChildJvm child : producers) {
        child.kill();
      }
      for (Thread reader : readers) {
        reader.join();
      }
      FlushReport report = drainTheRest(receiver);

      assertThat(report.complete()).as(report.toString()).isTrue();
      assertThat(report.dead()).isZero();
      assertThat(acknowledged).isNotEmpty();
      assertThat(received.keySet()).containsAll(acknowledged);
      assertThat(changed).hasValue(0);
      assertThat(logRows()).as("a log row for each event and no more").isEqualTo(received.size());
    }
    System.err.printf(
        "kill campaign: seed %d, %d kills, %d acknowledged, %d received, %d repeats%n",
        SEED,
        2 * ROUNDS + PRODUCERS + DRAINERS,
        acknowledged.size(),
        received.size(),
        arrivals.get() - received.size());
  }

  private Receiver.Reply take(Receiver.Request request) {
    try {
      for (JsonNode event : MAPPER.readTree(request.body())) {
        arrivals.incrementAndGet();
        String before = received.put(event.get("event_id").asText(), event.toString());
        if (before != null && !before.equals(event.toString())) {
          changed.incrementAndGet();
        }
      }
      return Receiver.Reply.of(200);
    } catch (IOException e) {
      return Receiver.Reply.of(400);
    }
  }

  private Path database() {
    return dir.resolve("hookbus.db");
  }

  private ChildJvm startProducer() throws IOException {
    ChildJvm child = ChildJvm.start(ProducerMain.class, database().toString());
    String first = child.readLine();
    if (first == null) {
      throw new IOException("the producer did not start: " + child.stderr());
    }
    acknowledged.add(first);
    Thread reader =
        new Thread(
            () -> {
              try {
                for (String id = child.readLine(); id != null; id = child.readLine()) {
                  // A line cut short by the kill is no acknowledgement.
                  if (id.length() == first.length()) {
                    acknowledged.add(id);
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    reader.setDaemon(true);
    reader.start();
    readers.add(reader);
    return child;
  }

  private ChildJvm startDrainer(Receiver receiver) throws IOException {
    ChildJvm child =
        ChildJvm.start(
            DrainerMain.class, database().toString(), receiver.uri("/ingest").toString());
    child.readLine();
    return child;
  }

  private FlushReport drainTheRest(Receiver receiver) throws StoreException {
    try (Store store = Store.sqlite(SqliteSettings.of(database()));
        Dispatcher dispatcher = dispatcher(store, receiver.uri("/ingest"))) {
      // However large the backlog: as long as something arrives there is hope.
      FlushReport report = dispatcher.flush(Duration.ofMinutes(1));
      while (!report.complete() && report.delivered() > 0) {
        report = dispatcher.flush(Duration.ofMinutes(1));
      }
      return report;
    }
  }

  private long logRows() throws StoreException {
    try (Store store = Store.sqlite(SqliteSettings.of(database()))) {
      return store.admin().status().logRows();
    }
  }

  private static Dispatcher dispatcher(Store store, URI endpoint) {
    return Dispatcher.builder(store.outbox())
        .sink(HttpSink.to(endpoint).profile(HttpProfile.BRIDGE_BATCH).maxBatchEvents(20).build())
        .lease(LEASE)
        .pollInterval(Duration.ofMillis(20))
        .build();
  }

  /** Records events as a guard does, and names each one once that has returned. */
  static final class ProducerMain {
    private ProducerMain() {}

    public static void main(String[] args) throws StoreException {
      try (Store store = Store.sqlite(SqliteSettings.of(Path.of(args[0])))) {
        for (int i = 0; true; i++) {
          Event event =
              Events.FACTORY.guardCompleted(
                  new GuardCompletion(
                      "tracker",
                      "PostToolUse",
                      "Edit",
                      "toolu_" + i,
                      "success",
                      1,
                      "e97dbafd033f9c77",
                      null,
                      null,
                      null,
                      Map.of("i", i)));
          OutgoingEvent outgoing =
              new OutgoingEvent(
                  event.eventId().toString(),
                  event.type().wireName(),
                  EventJson.write(event),
                  Events.TRACEPARENT);
          store.record(List.of(execution().telling(outgoing)), Budget.of(Duration.ofSeconds(30)));
          System.out.println(outgoing.eventId());
          LockSupport.parkNanos(10_000_000);
        }
      }
    }

    private static Execution execution() {
      return new Execution(
          "e97dbafd033f9c77",
          Events.RUN,
          "session",
          "tracker",
          "PostToolUse",
          "Edit",
          ExecutionStatus.SUCCESS,
          System.currentTimeMillis(),
          1_000_000,
          1_000,
          false,
          null,
          false,
          null);
    }
  }

  /** Delivers in the background until it is killed. */
  static final class DrainerMain {
    private DrainerMain() {}

    public static void main(String[] args) {
      Store store = Store.sqlite(SqliteSettings.of(Path.of(args[0])));
      dispatcher(store, URI.create(args[1])).start();
      System.out.println("started");
      while (true) {
        LockSupport.park();
      }
    }
  }
}
