package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.ChildJvm;
import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.event.Event;
import dev.hookbus.safety.Problem;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.FlushReport;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers and drainers are killed at random moments, again and again; then every event whose
 * guard or emitter returned must be at the receiver, and repeats must be the same event. More
 * rounds:
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

  private static final String CALL = "call ";
  private static final String EMITTED = "emitted ";
  private static final String END = ".";

  @TempDir Path dir;
  private final Random random = new Random(SEED);
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** What was named, by event ID. */
  private final Map<String, String> received = new ConcurrentHashMap<>();

  private final Map<String, String> bodies = new ConcurrentHashMap<>();
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
      long start = System.nanoTime();
      FlushReport report = drainTheRest(receiver);
      double seconds = (System.nanoTime() - start) / 1e9;

      assertThat(report.complete()).as(report.toString()).isTrue();
      assertThat(report.dead()).isZero();
      assertThat(acknowledged).isNotEmpty();
      assertThat(received.values()).containsAll(acknowledged);
      assertThat(received.values()).as("one event for each call").doesNotHaveDuplicates();
      assertThat(changed).hasValue(0);
      long calls = received.values().stream().filter(name -> name.startsWith(CALL)).count();
      assertThat(logRows()).as("a log row for each call and no more").isEqualTo(calls);
      System.err.printf(
          "kill campaign: seed %d, %d kills, %d acknowledged, %d received, %d repeats;"
              + " the last %d took %.1f s%n",
          SEED,
          2 * ROUNDS + PRODUCERS + DRAINERS,
          acknowledged.size(),
          received.size(),
          arrivals.get() - received.size(),
          report.delivered(),
          seconds);
    }
  }

  private Receiver.Reply take(Receiver.Request request) {
    try {
      for (JsonNode event : MAPPER.readTree(request.body())) {
        arrivals.incrementAndGet();
        String id = event.get("event_id").asText();
        String call = event.path("tool_use_id").asText();
        received.put(id, call.isEmpty() ? EMITTED + id : CALL + call);
        String before = bodies.put(id, event.toString());
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
    if (!acknowledge(child.readLine())) {
      throw new IOException("the producer did not start: " + child.stderr());
    }
    Thread reader =
        new Thread(
            () -> {
              try {
                boolean more = true;
                while (more) {
                  more = acknowledge(child.readLine());
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

  /** Notes what a producer named; a line cut short by its kill is no acknowledgement. */
  private boolean acknowledge(@Nullable String line) {
    if (line == null || !line.endsWith(END)) {
      return false;
    }
    acknowledged.add(line.substring(0, line.length() - END.length()));
    return true;
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

  /** Guards calls and emits events, and names each once that has returned. */
  static final class ProducerMain {
    private ProducerMain() {}

    public static void main(String[] args) {
      ChildJvm.endWithParent();
      HookBus bus =
          HookBus.builder().database(Path.of(args[0])).sinks(Set.of(HttpSinkProvider.NAME)).build();
      Guard guard = bus.guard("tracker").event("PostToolUse").tool("Edit").build();
      String process = "toolu_" + ProcessHandle.current().pid() + "_";
      for (int i = 0; true; i++) {
        String name = i % 10 == 9 ? emit(bus, i) : call(bus, guard, process + i, i);
        if (name != null) {
          System.out.println(name + END);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }

    private static @Nullable String emit(HookBus bus, int number) {
      Event event = bus.events("session").decision("choice", "number " + number);
      return bus.emit(event) ? EMITTED + event.eventId() : null;
    }

    private static @Nullable String call(HookBus bus, Guard guard, String toolUseId, int number) {
      long lost = lost(bus);
      var unused =
          guard
              .with(Invocation.ofSession("session").withToolUseId(toolUseId))
              .callSafely(
                  number % 2 == 0 ? GuardKey.of("campaign", toolUseId) : GuardKey.none(),
                  () -> {
                    if (number % 7 == 0) {
                      throw new IllegalStateException("every seventh");
                    }
                    return "done";
                  });
      return lost(bus) == lost ? CALL + toolUseId : null;
    }

    /** A guard whose record could not be written in time counts it, and does not fail its host. */
    private static long lost(HookBus bus) {
      return bus.telemetry().problems().getOrDefault(Problem.RECORD_LOST, 0L);
    }
  }

  /** Delivers in the background until it is killed. */
  static final class DrainerMain {
    private DrainerMain() {}

    public static void main(String[] args) {
      ChildJvm.endWithParent();
      Store store = Store.sqlite(SqliteSettings.of(Path.of(args[0])));
      dispatcher(store, URI.create(args[1])).start();
      System.out.println("started");
      while (true) {
        LockSupport.park();
      }
    }
  }
}
