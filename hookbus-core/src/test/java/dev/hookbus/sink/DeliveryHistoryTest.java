package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.event.EventSource;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.store.Announcement;
import dev.hookbus.store.Budget;
import dev.hookbus.store.DeadLetter;
import dev.hookbus.store.Execution;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxLimits;
import dev.hookbus.store.OutboxStatus;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Random histories of recording, delivering, failing, dying, waiting and trimming: whatever
 * happens, every accepted event is delivered, dead, or counted as dropped.
 */
class DeliveryHistoryTest {
  private static final Pattern NAME = Pattern.compile("\"tool_use_id\":\"(\\d+)\"");
  private static final Duration MOMENT = Duration.ofMillis(25);

  @Property(tries = 50, seed = "20260129")
  void every_accepted_event_is_accounted_for(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 60) int steps) throws Exception {
    Path dir = Files.createTempDirectory("history");
    try (History history = new History(dir, new Random(seed))) {
      for (int i = 0; i < steps; i++) {
        history.step();
      }
      history.finish();
      history.check("a");
      history.check("b");
    } finally {
      delete(dir);
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One history, and what must be true of it. */
  private static final class History implements AutoCloseable {
    private final Random random;
    private final Path file;
    private final List<RecordingSink> sinks =
        List.of(new RecordingSink("a", 4), new RecordingSink("b", 7));
    private final List<String> accepted = new ArrayList<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Instant start = Instant.now();
    private Instant now = start;
    private boolean requeued;
    private Store store;
    private Dispatcher dispatcher;

    History(Path dir, Random random) throws StoreException {
      this.random = random;
      this.file = dir.resolve("hookbus.db");
      reopen();
      outbox().register(List.of("a", "b"), budget());
    }

    private void reopen() {
      store =
          Store.sqlite(
              new SqliteSettings(file, false, 1, () -> Duration.between(start, now).toMillis()));
      Dispatcher.Builder builder =
          Dispatcher.builder(outbox())
              .clock(() -> now)
              .random(new SplittableRandom(random.nextLong()));
      sinks.forEach(builder::sink);
      dispatcher = builder.build();
    }

    private Outbox outbox() {
      return store.outbox();
    }

    void step() throws StoreException {
      switch (random.nextInt(10)) {
        case 0 -> append(1 + random.nextInt(6));
        case 1, 8 -> call(1 + random.nextInt(6));
        case 9 -> {
          var unused = store.admin().cleanup(Duration.ZERO, Duration.ofSeconds(30));
        }
        case 2, 3 -> {
          sinks.forEach(this::behaveSomehow);
          dispatcher.flush(MOMENT);
        }
        case 4 -> now = now.plusSeconds(random.nextInt(400));
        case 5 -> dieWithALease();
        case 6 -> outbox().trim(new OutboxLimits(12, 10_000, Duration.ofDays(1)), budget());
        default -> requeued |= outbox().requeue("a", null, budget()) > 0;
      }
    }

    private void append(int count) throws StoreException {
      List<OutgoingEvent> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = Integer.toString(accepted.size());
        accepted.add(id);
        events.add(new OutgoingEvent(id, "progress", "{\"tool_use_id\":\"" + id + "\"}", null));
      }
      outbox().append(events, budget());
    }

    /** Guarded calls: their events are made of the log when somebody delivers. */
    private void call(int count) throws StoreException {
      for (int i = 0; i < count; i++) {
        String id = Integer.toString(accepted.size());
        accepted.add(id);
        Execution call =
            new Execution(
                "e97dbafd033f9c77",
                "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11",
                "session",
                "hook",
                "PostToolUse",
                "Edit",
                ExecutionStatus.SUCCESS,
                now.toEpochMilli(),
                1,
                1,
                false,
                null,
                false,
                null);
        String source = new EventSource("host", false, "~", "shop").toJson();
        store.record(
            List.of(call.announced(new Announcement(random.nextLong(), id, source))), budget());
      }
    }

    /** Which of the accepted events this is. */
    private String nameOf(String eventId, String json) {
      Matcher name = NAME.matcher(json);
      assertThat(name.find()).as(json).isTrue();
      names.put(eventId, name.group(1));
      return name.group(1);
    }

    private void behaveSomehow(RecordingSink sink) {
      int mood = random.nextInt(5);
      int unlucky = random.nextInt(5);
      sink.answer(
          event -> {
            boolean hit = Integer.parseInt(nameOf(event.eventId(), event.json())) % 5 == unlucky;
            if (!hit || mood == 0) {
              return DeliveryOutcome.delivered();
            }
            return switch (mood) {
              case 1 -> DeliveryOutcome.retry("HTTP 503");
              case 2 -> DeliveryOutcome.dead("HTTP 400");
              case 3 -> DeliveryOutcome.skipped("no place");
              default -> throw new IllegalStateException("broken sink");
            };
          });
    }

    /** Another process takes a sink and is killed; this one is too. */
    private void dieWithALease() throws StoreException {
      var unused =
          outbox().lease(random.nextBoolean() ? "a" : "b", Duration.ofMinutes(1), budget());
      store.close();
      reopen();
    }

    void finish() throws StoreException {
      sinks.forEach(
          sink ->
              sink.answer(
                  event -> {
                    nameOf(event.eventId(), event.json());
                    return DeliveryOutcome.delivered();
                  }));
      for (int i = 0; i < 10; i++) {
        now = now.plus(Duration.ofMinutes(7));
        dispatcher.flush(MOMENT.multipliedBy(80));
      }
    }

    void check(String name) throws StoreException {
      RecordingSink sink = sinks.get(name.equals("a") ? 0 : 1);
      OutboxStatus status =
          outbox().status(budget()).stream()
              .filter(s -> s.sink().equals(name))
              .findFirst()
              .orElseThrow();
      Set<String> delivered = new LinkedHashSet<>();
      sink.received().forEach(id -> delivered.add(names.get(id)));
      Set<String> known = new HashSet<>(delivered);
      for (DeadLetter letter : outbox().deadLetters(name, 1000, budget())) {
        known.add(nameOf(letter.event().eventId(), letter.event().json()));
      }
      long dropped = status.dropped().values().stream().mapToLong(Long::longValue).sum();

      assertThat(status.backlog()).isZero();
      assertThat(accepted).containsAll(known);
      // A batch that arrived but was not recorded may be counted as dropped as well, so at least.
      assertThat(known.size() + dropped).isGreaterThanOrEqualTo(accepted.size());
      if (!requeued) {
        assertThat(delivered.stream().map(Integer::valueOf)).isSorted();
      }
    }

    @Override
    public void close() {
      store.close();
    }

    private static Budget budget() {
      return Budget.of(Duration.ofSeconds(5));
    }
  }
}
