package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Every combination of conditions finds on a real server what a loop over a list finds. */
class EventQueryModelTest {
  private static final int EVENTS = 600;
  private static final List<EventType> TYPES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(EventType.UNKNOWN)));
  private static final List<EventLevel> LEVELS =
      List.copyOf(EnumSet.complementOf(EnumSet.of(EventLevel.UNKNOWN)));
  private static final List<String> RUNS =
      List.of("3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11", "4f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c22");
  private static final List<String> SESSIONS = List.of("sess_a", "sess_b", "sess_c");
  private static final List<String> WORKERS = List.of("worker_00000001", "worker_00000002");
  private static final List<String> TASKS = List.of("t-1", "t-2");
  private static final List<String> TOOLS = List.of("Bash", "Edit", "Read");
  private static final List<String> WORDS =
      List.of("plain", "say \"hi\"", "tab\tand\nline", "日本 😀", "back\\slash", "Plain");
  private static final List<String> REGEXES =
      List.of("(?i)plain", "h[iu]", "step [0-9]*7\"", "^\\{");

  /** An event, and its place in the outbox. */
  private record Model(Event event, long sequence, String json) {}

  private static ChromaServer chroma;
  private static ChromaEvents events;
  private static final List<Model> MODEL = new ArrayList<>();

  @BeforeContainer
  static void fill() {
    chroma = ChromaServer.started();
    ChromaConfig config = chroma.config().build();
    Random random = new Random(42);
    List<OutboxEvent> outbox = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      OutboxEvent event = Events.outbox(event(random, i), i);
      outbox.add(event);
      MODEL.add(new Model(EventJson.read(event.json()), i, event.json()));
    }
    Collections.shuffle(outbox, random); // the server's order is that of arrival
    try (ChromaSink sink = ChromaSink.to(config)) {
      for (int from = 0; from < EVENTS; from += 300) {
        assertThat(sink.deliver(outbox.subList(from, from + 300)))
            .isEqualTo(DeliveryReport.allDelivered(300));
      }
    }
    events = ChromaEvents.open(config);
  }

  private static Event event(Random random, int i) {
    return Events.of(pick(random, TYPES))
        .eventId(new UUID(random.nextLong(), random.nextLong()))
        // Many events share a millisecond, some are years apart.
        .ts(Events.START.plusMillis(random.nextInt(200) * (i % 10 == 0 ? 100_000_000L : 1)))
        .level(pick(random, LEVELS))
        .runId(pick(random, RUNS))
        .sessionId(pick(random, SESSIONS))
        .workerId(random.nextBoolean() ? pick(random, WORKERS) : null)
        .taskId(random.nextBoolean() ? pick(random, TASKS) : null)
        .tool(random.nextBoolean() ? pick(random, TOOLS) : null, null)
        .msg("step " + i)
        .data(Map.of("text", pick(random, WORDS)))
        .build();
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  @AfterContainer
  static void stop() {
    events.close();
    chroma.close();
  }

  /** A query, and the same as a condition on the model. */
  record Asked(EventQuery query, Predicate<Model> matches) {
    Asked and(EventQuery more, Predicate<Model> condition) {
      return new Asked(more, matches.and(condition));
    }
  }

  @Provide
  Arbitrary<Asked> questions() {
    return Combinators.combine(
            Arbitraries.integers().between(0, (1 << 11) - 1),
            Arbitraries.randomValue(random -> random.nextLong()))
        .as(EventQueryModelTest::question);
  }

  /** Each bit of the mask is a condition. */
  private static Asked question(int mask, long seed) {
    Random random = new Random(seed);
    Asked asked = new Asked(EventQuery.all(), model -> true);
    if ((mask & 1) != 0) {
      String run = pick(random, RUNS);
      asked = asked.and(asked.query.run(run), m -> m.event.runId().equals(run));
    }
    if ((mask & 2) != 0) {
      String session = pick(random, SESSIONS);
      asked = asked.and(asked.query.session(session), m -> m.event.sessionId().equals(session));
    }
    if ((mask & 4) != 0) {
      EventType a = pick(random, TYPES);
      EventType b = pick(random, TYPES);
      asked =
          asked.and(
              asked.query.types(a == b ? new EventType[] {a} : new EventType[] {a, b}),
              m -> m.event.type() == a || m.event.type() == b);
    }
    if ((mask & 8) != 0) {
      EventLevel level = pick(random, LEVELS);
      asked = asked.and(asked.query.levels(level), m -> m.event.level() == level);
    }
    if ((mask & 16) != 0) {
      String worker = pick(random, WORKERS);
      asked = asked.and(asked.query.worker(worker), m -> worker.equals(m.event.workerId()));
    }
    if ((mask & 32) != 0) {
      String task = pick(random, TASKS);
      asked = asked.and(asked.query.task(task), m -> task.equals(m.event.taskId()));
    }
    if ((mask & 64) != 0) {
      String tool = pick(random, TOOLS);
      asked = asked.and(asked.query.tool(tool), m -> tool.equals(m.event.toolName()));
    }
    if ((mask & 128) != 0) {
      Instant from = Events.START.plusMillis(random.nextInt(200));
      asked = asked.and(asked.query.from(from), m -> !m.event.ts().isBefore(from));
    }
    if ((mask & 256) != 0) {
      Instant until = Events.START.plusMillis(random.nextInt(400) - 100L);
      asked = asked.and(asked.query.until(until), m -> m.event.ts().isBefore(until));
    }
    if ((mask & 512) != 0) {
      String text = pick(random, WORDS);
      asked =
          asked.and(
              asked.query.contains(text),
              m -> ((String) m.event.data().get("text")).contains(text));
    }
    if ((mask & 1024) != 0) {
      String regex = pick(random, REGEXES);
      asked =
          asked.and(asked.query.regex(regex), m -> Pattern.compile(regex).matcher(m.json).find());
    }
    return asked;
  }

  private static List<String> expected(Asked asked, boolean newestFirst) {
    Comparator<Model> byTime =
        Comparator.<Model, Instant>comparing(m -> m.event.ts()).thenComparing(Model::sequence);
    return MODEL.stream()
        .filter(asked.matches)
        .sorted(newestFirst ? byTime.reversed() : byTime)
        .map(m -> m.event.eventId().toString())
        .toList();
  }

  private static List<String> ids(List<StoredEvent> stored) {
    return stored.stream().map(StoredEvent::eventId).toList();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void conditions_findWhatTheModelFinds(@ForAll("questions") Asked asked) {
    List<String> expected = expected(asked, true);

    assertThat(ids(events.latest(asked.query, EVENTS))).as("%s", asked.query).isEqualTo(expected);
    assertThat(events.count(asked.query)).isEqualTo(expected.size());
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void pages_addUpToTheModel(
      @ForAll("questions") Asked asked, @ForAll @IntRange(min = 1, max = 250) int size) {
    List<String> read = new ArrayList<>();
    EventPage page = events.page(asked.query, size);
    read.addAll(ids(page.events()));
    for (int i = 0; page.next() != null && i < 50; i++) {
      assertThat(page.events()).hasSize(size);
      page = events.page(asked.query, size, page.next());
      read.addAll(ids(page.events()));
    }

    List<String> expected = expected(asked, false);
    assertThat(read).isEqualTo(page.next() == null ? expected : expected.subList(0, read.size()));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void latest_isTheBeginningOfAll(
      @ForAll("questions") Asked asked, @ForAll @IntRange(min = 1, max = 40) int n) {
    List<String> expected = expected(asked, true);

    assertThat(ids(events.latest(asked.query, n)))
        .as("%s", asked.query)
        .isEqualTo(expected.subList(0, Math.min(n, expected.size())));
  }
}
