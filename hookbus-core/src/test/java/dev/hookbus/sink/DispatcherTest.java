package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxLimits;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DispatcherTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path dir;
  private final Problems problems = new Problems();
  private final RecordingSink a = new RecordingSink("a");
  private final RecordingSink b = new RecordingSink("b");
  private volatile Instant now = Instant.now();
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void open() {
    Instant start = now;
    store =
        Store.sqlite(
            new SqliteSettings(
                dir.resolve("hookbus.db"),
                false,
                1,
                () -> Duration.between(start, now).toMillis()));
    outbox = store.outbox();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void flush_delivers_everything_to_every_sink_in_order() throws Exception {
    append(0, 25);

    FlushReport report = dispatcher(a, b).flush(LONG);

    assertThat(report).isEqualTo(new FlushReport(50, 0, 0, 0));
    assertThat(report.complete()).isTrue();
    assertThat(a.received()).containsExactlyElementsOf(ids(0, 25));
    assertThat(b.received()).containsExactlyElementsOf(ids(0, 25));
    assertThat(a.attempts()).isEqualTo(3);
  }

  @Test
  void flush_of_nothing_is_complete() {
    assertThat(dispatcher(a).flush(LONG)).isEqualTo(new FlushReport(0, 0, 0, 0));
    assertThat(a.attempts()).isZero();
  }

  @Test
  void sink_that_fails_does_not_hold_the_other() throws Exception {
    append(0, 3);
    a.answer(DeliveryOutcome.retry("HTTP 503"));

    FlushReport report = dispatcher(a, b).flush(SHORT);

    assertThat(report.delivered()).isEqualTo(3);
    assertThat(report.left()).isEqualTo(3);
    assertThat(b.received()).hasSize(3);
  }

  @Test
  void sink_that_hangs_is_left_behind_when_the_time_is_over() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    append(0, 3);
    a.answer(
        event -> {
          try {
            never.await();
            return DeliveryOutcome.delivered();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DeliveryOutcome.retry("interrupted");
          }
        });

    FlushReport report = dispatcher(a, b).flush(SHORT);

    assertThat(report).isEqualTo(new FlushReport(3, 3, 0, 0));
    assertThat(status("a").attempts()).isZero();
  }

  @Test
  void receiver_down_for_an_hour_gets_everything_when_it_is_back() throws Exception {
    append(0, 25);
    Dispatcher dispatcher = dispatcher(a);
    a.answer(DeliveryOutcome.retry("ConnectException"));
    Instant end = now.plus(Duration.ofHours(1));
    while (now.isBefore(end)) {
      dispatcher.flush(SHORT);
      now = now.plusSeconds(10);
    }
    int attemptsWhileDown = a.attempts();
    a.answer(DeliveryOutcome.delivered());
    for (int i = 0; i < 40; i++) {
      dispatcher.flush(SHORT);
      now = now.plusSeconds(10);
    }

    assertThat(a.received()).containsExactlyElementsOf(ids(0, 25));
    // Backoff of 1 s to 5 min: far fewer than the 360 chances.
    assertThat(attemptsWhileDown).isBetween(12, 120);
    assertThat(status("a").backlog()).isZero();
  }

  @Test
  void pause_asked_for_by_the_receiver_is_kept_across_processes() throws Exception {
    append(0, 1);
    a.answer(new DeliveryOutcome.Retry("HTTP 429", Duration.ofMinutes(20)));
    dispatcher(a).flush(SHORT);
    a.answer(DeliveryOutcome.delivered());

    now = now.plus(Duration.ofMinutes(19));
    dispatcher(a).flush(SHORT);
    assertThat(a.received()).isEmpty();
    now = now.plus(Duration.ofMinutes(4));
    dispatcher(a).flush(SHORT);
    assertThat(a.received()).hasSize(1);
  }

  @Test
  void breaker_lets_a_trickle_through_when_the_receiver_is_back() throws Exception {
    append(0, 40);
    a.answer(DeliveryOutcome.retry("HTTP 503"));
    for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
      dispatcher(a).flush(SHORT);
      now = now.plus(Duration.ofMinutes(6));
    }
    a.answer(DeliveryOutcome.delivered());
    int before = a.attempts();

    assertThat(status("a").breaker().state()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    dispatcher(a).flush(LONG);

    // 1, 2, 4, 8, then 10 at a time.
    assertThat(a.attempts() - before).isEqualTo(7);
    assertThat(a.received()).containsExactlyElementsOf(ids(0, 40));
  }

  @Test
  void dead_and_skipped_events_do_not_hold_up_the_rest() throws Exception {
    append(0, 5);
    a.answer(
        event ->
            switch (event.eventId()) {
              case "1" -> DeliveryOutcome.dead("HTTP 400\nsecond line");
              case "2" -> DeliveryOutcome.skipped("no place");
              default -> DeliveryOutcome.delivered();
            });

    FlushReport report = dispatcher(a).flush(LONG);

    assertThat(report).isEqualTo(new FlushReport(3, 0, 1, 1));
    assertThat(a.received()).containsExactly("0", "3", "4");
    assertThat(outbox.deadLetters("a", 10, budget()))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).isEqualTo("HTTP 400 second line"));
    assertThat(status("a").dropped()).isEqualTo(Map.of("no place", 1L));
  }

  @Test
  void requeued_letter_is_delivered() throws Exception {
    append(0, 1);
    a.answer(DeliveryOutcome.dead("HTTP 401"));
    Dispatcher dispatcher = dispatcher(a, b);
    dispatcher.flush(LONG);
    a.answer(DeliveryOutcome.delivered());

    outbox.requeue("a", null, budget());
    dispatcher.flush(LONG);

    assertThat(a.received()).containsExactly("0");
    assertThat(b.received()).containsExactly("0");
  }

  @Test
  void event_beyond_its_age_is_given_up_after_a_last_attempt() throws Exception {
    append(0, 1);
    now = now.plus(Duration.ofDays(8));
    append(1, 2);
    a.answer(DeliveryOutcome.retry("HTTP 503"));

    FlushReport report = dispatcher(a).flush(SHORT);

    assertThat(a.attempts()).isEqualTo(1);
    assertThat(report.dead()).isEqualTo(1);
    assertThat(outbox.deadLetters("a", 10, budget()).get(0).reason())
        .isEqualTo("too old; last: HTTP 503");
    assertThat(status("a").backlog()).isEqualTo(1);
  }

  @Test
  void sink_that_throws_or_answers_short_is_a_sink_that_failed() throws Exception {
    append(0, 2);
    a.answer(
        event -> {
          throw new NoClassDefFoundError("missing");
        });
    Sink mute =
        new Sink() {
          @Override
          public String name() {
            return "mute";
          }

          @Override
          public BatchLimits limits() {
            return new BatchLimits(10, 1000);
          }

          @Override
          public DeliveryReport deliver(List<OutboxEvent> batch) {
            return DeliveryReport.allDelivered(batch.size() - 1);
          }

          @Override
          public void close() {
            throw new IllegalStateException("cannot close");
          }
        };

    Dispatcher dispatcher = dispatcher(a, mute);
    FlushReport report = dispatcher.flush(SHORT);
    dispatcher.close();

    assertThat(report).isEqualTo(new FlushReport(0, 4, 0, 0));
    assertThat(status("a").lastError()).isEqualTo("sink threw java.lang.NoClassDefFoundError");
    assertThat(problems.count(Problem.SINK_FAILED)).isGreaterThanOrEqualTo(3);
  }

  @Test
  void paused_sink_keeps_its_events_until_it_is_resumed() throws Exception {
    Dispatcher dispatcher = dispatcher(a, b);
    dispatcher.flush(SHORT);
    dispatcher.pause("a");
    append(0, 2);

    assertThat(dispatcher.flush(LONG)).isEqualTo(new FlushReport(2, 2, 0, 0));
    assertThat(status("a").paused()).isTrue();
    dispatcher.resume("a");
    assertThat(dispatcher.flush(LONG)).isEqualTo(new FlushReport(2, 0, 0, 0));
  }

  @Test
  void process_that_died_with_the_lease_is_followed_by_another() throws Exception {
    append(0, 3);
    outbox.register(List.of("a"), budget());
    assertThat(outbox.lease("a", Duration.ofSeconds(60), budget())).isPresent();

    assertThat(dispatcher(a).flush(SHORT).delivered()).isZero();
    now = now.plusSeconds(61);
    assertThat(dispatcher(a).flush(SHORT).delivered()).isEqualTo(3);
  }

  @Test
  void background_delivers_what_is_recorded_later() throws Exception {
    CountDownLatch arrived = new CountDownLatch(3);
    a.answer(
        event -> {
          arrived.countDown();
          return DeliveryOutcome.delivered();
        });
    try (Dispatcher dispatcher = dispatcher(a)) {
      dispatcher.start();
      dispatcher.start();
      append(0, 3);
      dispatcher.wake();
      arrived.await();
    }

    assertThat(a.isClosed()).isTrue();
    assertThat(status("a").delivering()).isFalse();
  }

  @Test
  void closed_dispatcher_does_nothing_and_leaves_the_rest() throws Exception {
    append(0, 3);
    Dispatcher dispatcher = dispatcher(a);
    dispatcher.close();
    dispatcher.close();
    dispatcher.start();

    assertThat(dispatcher.flush(SHORT).delivered()).isZero();
    assertThat(dispatcher.drain(1, SHORT, SHORT)).isEqualTo(DrainOutcome.CLOSED);
    assertThat(a.attempts()).isZero();
  }

  @Test
  void drainer_ends_when_idle_and_lets_the_next_one_in() throws Exception {
    append(0, 25);

    assertThat(dispatcher(a, b).drain(1, Duration.ZERO, LONG)).isEqualTo(DrainOutcome.IDLE);
    assertThat(a.received()).hasSize(25);
    assertThat(dispatcher(a, b).drain(2, Duration.ZERO, LONG)).isEqualTo(DrainOutcome.IDLE);
  }

  @Test
  void drainer_is_one_of_its_kind() throws Exception {
    assertThat(outbox.leaseDrainer(1, LONG, budget())).isTrue();

    assertThat(dispatcher(a).drain(2, Duration.ZERO, LONG)).isEqualTo(DrainOutcome.BUSY);
    assertThat(dispatcher(a).drain(1, Duration.ZERO, LONG)).isEqualTo(DrainOutcome.IDLE);
  }

  /** A lease that is longer than the drainer looks for work at a time. */
  @Test
  void drainer_waits_for_the_lease_of_a_killed_one_to_end() throws Exception {
    append(0, 3);
    outbox.register(List.of("a"), budget());
    assertThat(outbox.lease("a", Duration.ofMillis(5_500), budget())).isPresent();

    assertThat(dispatcher(a).drain(1, Duration.ZERO, LONG)).isEqualTo(DrainOutcome.IDLE);
    assertThat(a.received()).containsExactlyElementsOf(ids(0, 3));
  }

  @Test
  void drainer_ends_when_all_that_is_left_waits_and_nobody_starts_another() throws Exception {
    append(0, 1);
    a.answer(new DeliveryOutcome.Retry("HTTP 503", Duration.ofMinutes(30)));

    assertThat(dispatcher(a).drain(1, Duration.ZERO, Duration.ofMinutes(1)))
        .isEqualTo(DrainOutcome.WAITING);
    assertThat(outbox.leaseDrainer(2, LONG, budget())).isFalse();
    now = now.plus(Duration.ofMinutes(34));
    assertThat(outbox.leaseDrainer(2, LONG, budget())).isTrue();
  }

  @Test
  void drainer_that_somebody_runs_by_hand_does_not_wait_for_receivers_of_the_last_one()
      throws Exception {
    append(0, 1);
    a.answer(new DeliveryOutcome.Retry("HTTP 503", Duration.ofMinutes(30)));
    dispatcher(a).drain(1, Duration.ZERO, Duration.ofMinutes(1));

    assertThat(dispatcher(a, b).drain(2, Duration.ZERO, Duration.ofMinutes(1)))
        .isEqualTo(DrainOutcome.WAITING);
    assertThat(b.received()).containsExactly("0");
  }

  @Test
  void outbox_that_is_too_large_loses_its_oldest_and_says_so() throws Exception {
    append(0, 10);

    Dispatcher.builder(outbox)
        .sink(a)
        .problems(problems)
        .limits(new OutboxLimits(4, 1_000_000, Duration.ofDays(1)))
        .build()
        .flush(LONG);

    assertThat(a.received()).containsExactlyElementsOf(ids(6, 10));
    assertThat(status("a").dropped()).isEqualTo(Map.of("outbox_full", 6L));
    assertThat(problems.count(Problem.EVENTS_DROPPED)).isEqualTo(1);
  }

  @Test
  void store_that_is_away_is_waited_for() throws Exception {
    Path notADirectory = java.nio.file.Files.createFile(dir.resolve("file"));
    try (Store broken = Store.sqlite(SqliteSettings.of(notADirectory.resolve("x.db")))) {
      Dispatcher dispatcher =
          Dispatcher.builder(broken.outbox()).sink(a).problems(problems).build();

      assertThat(dispatcher.flush(SHORT).complete()).isFalse();
      assertThat(dispatcher.drain(1, SHORT, SHORT)).isEqualTo(DrainOutcome.STORE_UNAVAILABLE);
      assertThat(problems.count(Problem.STORE_UNAVAILABLE)).isPositive();
    }
  }

  @Test
  void names_of_sinks_are_checked() {
    assertThatThrownBy(() -> Dispatcher.builder(outbox).sink(a).sink(new RecordingSink("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Dispatcher.builder(outbox).sink(new RecordingSink("A b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Dispatcher dispatcher(Sink... sinks) {
    Dispatcher.Builder builder =
        Dispatcher.builder(outbox)
            .clock(() -> now)
            .problems(problems)
            .pollInterval(Duration.ofMillis(5));
    List.of(sinks).forEach(builder::sink);
    return builder.build();
  }

  private SinkStatus status(String sink) throws Exception {
    return dispatcher().status().stream()
        .filter(s -> s.sink().equals(sink))
        .findFirst()
        .orElseThrow();
  }

  private void append(int from, int to) throws Exception {
    outbox.append(
        ids(from, to).stream()
            .map(id -> new OutgoingEvent(id, "progress", "{\"event_id\":\"" + id + "\"}", null))
            .toList(),
        budget());
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static Budget budget() {
    return Budget.of(Duration.ofSeconds(5));
  }
}
