package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxEntry;
import dev.hookbus.store.OutboxLease;
import dev.hookbus.store.OutboxLimits;
import dev.hookbus.store.OutboxProgress;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens behind the back of a page that was read while the one before was under way. */
@Timeout(120)
class ReadAheadTest {
  private static final int PAGE = 100;
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path dir;
  private final Semaphore pagesRead = new Semaphore(0);
  private volatile long clockOffset;
  private Store store;
  private Outbox outbox;

  @BeforeEach
  void open() {
    store =
        Store.sqlite(new SqliteSettings(dir.resolve("hookbus.db"), false, 1, () -> clockOffset));
    outbox = store.outbox();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void pages_that_were_read_ahead_arrive_in_order_and_once() throws Exception {
    append(0, 10 * PAGE + 7);
    ActingSink sink = new ActingSink(PAGE, 1L << 30);

    FlushReport report = dispatcher(sink).flush(LONG);

    assertThat(report).isEqualTo(new FlushReport(10 * PAGE + 7, 0, 0, 0));
    assertThat(sink.received()).containsExactlyElementsOf(ids(0, 10 * PAGE + 7));
    assertThat(pagesRead.availablePermits()).isPositive();
  }

  @Test
  void page_of_large_events_is_bounded_by_its_bytes() throws Exception {
    String large = "x".repeat(20_000);
    append(0, 4 * PAGE, large);
    ActingSink sink = new ActingSink(PAGE, 60 * 20_000L);

    dispatcher(sink).flush(LONG);

    assertThat(sink.received()).containsExactlyElementsOf(ids(0, 4 * PAGE));
    assertThat(sink.largestBatch).isBetween(50, 60);
    assertThat(pagesRead.availablePermits()).isPositive();
  }

  @Test
  void sink_that_is_paused_gets_no_page_that_was_read_before() throws Exception {
    append(0, 3 * PAGE);
    ActingSink sink = new ActingSink(PAGE, 1L << 30);
    sink.whenFirstIsUnderWay(() -> outbox.pause("a", true, budget()));
    try (Dispatcher dispatcher = dispatcher(sink)) {
      assertThat(dispatcher.flush(Duration.ofSeconds(1)).left()).isEqualTo(2 * PAGE);
      assertThat(sink.received()).containsExactlyElementsOf(ids(0, PAGE));

      dispatcher.resume("a");
      dispatcher.flush(LONG);
    }

    assertThat(sink.received()).containsExactlyElementsOf(ids(0, 3 * PAGE));
  }

  @Test
  void entries_that_were_dropped_meanwhile_are_counted_and_the_rest_arrives() throws Exception {
    append(0, 4 * PAGE);
    ActingSink sink = new ActingSink(PAGE, 1L << 30);
    sink.whenFirstIsUnderWay(
        () -> outbox.trim(new OutboxLimits(PAGE, 1L << 30, Duration.ofDays(1)), budget()));

    dispatcher(sink).flush(LONG);

    assertThat(sink.received()).isSubsetOf(ids(0, 4 * PAGE)).doesNotHaveDuplicates();
    assertThat(sink.received()).containsAll(ids(0, PAGE)).containsAll(ids(3 * PAGE, 4 * PAGE));
    assertThat(outbox.status(budget()).get(0).dropped())
        .as("what nobody had passed when it went")
        .isEqualTo(Map.of("outbox_full", 3L * PAGE));
    assertThat(outbox.status(budget()).get(0).backlog()).isZero();
  }

  @Test
  void page_that_another_holder_has_passed_meanwhile_is_not_delivered_again() throws Exception {
    append(0, 3 * PAGE);
    ActingSink sink = new ActingSink(PAGE, 1L << 30);
    sink.whenFirstIsUnderWay(
        () -> {
          clockOffset = LEASE.toMillis() + 1;
          OutboxLease taken = outbox.lease("a", LEASE, budget()).orElseThrow();
          List<OutboxEntry> entries = outbox.read(taken, 2 * PAGE, 1L << 30, budget());
          long last = entries.get(2 * PAGE - 1).sequence();
          OutboxProgress both =
              new OutboxProgress(taken.state().at(last), 2 * PAGE, List.of(), Map.of());
          assertThat(outbox.advance(taken, both, LEASE, budget())).isTrue();
          outbox.release(taken, budget());
        });

    FlushReport report = dispatcher(sink).flush(LONG);

    List<String> expected = new ArrayList<>(ids(0, PAGE));
    expected.addAll(ids(2 * PAGE, 3 * PAGE));
    assertThat(sink.received()).containsExactlyElementsOf(expected);
    assertThat(report).isEqualTo(new FlushReport(PAGE, 0, 0, 0));
  }

  @Test
  void what_came_after_an_empty_page_was_read_is_delivered_by_the_same_flush() throws Exception {
    append(0, PAGE);
    ActingSink sink = new ActingSink(PAGE, 1L << 30);
    sink.whenFirstIsUnderWay(() -> append(PAGE, PAGE + 3));

    FlushReport report = dispatcher(sink).flush(LONG);

    assertThat(report).isEqualTo(new FlushReport(PAGE + 3, 0, 0, 0));
  }

  @Test
  void page_behind_a_batch_that_has_to_wait_is_read_again() throws Exception {
    append(0, 2 * PAGE);
    ActingSink sink = new ActingSink(PAGE, 1L << 30);
    sink.refuseFrom = 60;
    try (Dispatcher dispatcher = dispatcher(sink)) {
      dispatcher.flush(Duration.ofMillis(500));
      sink.refuseFrom = Integer.MAX_VALUE;

      dispatcher.flush(LONG);
    }

    assertThat(sink.received()).containsExactlyElementsOf(ids(0, 2 * PAGE));
  }

  private Dispatcher dispatcher(Sink sink) {
    return Dispatcher.builder(observed())
        .sink(sink)
        .lease(LEASE)
        .clock(InstantSource.system())
        .retryPolicy(
            new RetryPolicy(
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMinutes(1),
                Duration.ofDays(1)))
        .build();
  }

  /** The outbox, but it says when a page was read ahead. */
  private Outbox observed() {
    return (Outbox)
        Proxy.newProxyInstance(
            Outbox.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(outbox, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (Thread.currentThread().getName().startsWith("hookbus-read-")) {
                  pagesRead.release();
                }
              }
            });
  }

  private void append(int from, int to) throws StoreException {
    append(from, to, "");
  }

  private void append(int from, int to, String text) throws StoreException {
    outbox.register(List.of("a"), budget());
    outbox.append(
        ids(from, to).stream()
            .map(id -> new OutgoingEvent(id, "progress", "{\"a\":\"" + text + "\"}", null))
            .toList(),
        budget());
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static Budget budget() {
    return Budget.of(Duration.ofSeconds(30));
  }

  /** What comes between. */
  private interface Act {
    void now() throws StoreException;
  }

  /** A receiver that, with the first batch in hand, waits for the next page and acts then. */
  private final class ActingSink implements Sink {
    private final BatchLimits limits;
    private final List<String> received = new ArrayList<>();
    private volatile Act act = () -> {};
    private volatile int refuseFrom = Integer.MAX_VALUE;
    private volatile int largestBatch;
    private boolean acted;

    ActingSink(int maxEvents, long maxBytes) {
      this.limits = new BatchLimits(maxEvents, maxBytes);
    }

    void whenFirstIsUnderWay(Act newAct) {
      act = newAct;
    }

    synchronized List<String> received() {
      return List.copyOf(received);
    }

    @Override
    public String name() {
      return "a";
    }

    @Override
    public BatchLimits limits() {
      return limits;
    }

    @Override
    public synchronized DeliveryReport deliver(List<OutboxEvent> batch) {
      largestBatch = Math.max(largestBatch, batch.size());
      if (!acted) {
        acted = true;
        afterReadAhead();
      }
      int taken = Math.min(batch.size(), refuseFrom);
      batch.subList(0, taken).forEach(event -> received.add(event.eventId()));
      List<DeliveryOutcome> outcomes = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        outcomes.add(i < taken ? DeliveryOutcome.delivered() : DeliveryOutcome.retry("later"));
      }
      return new DeliveryReport(outcomes);
    }

    private void afterReadAhead() {
      try {
        if (!pagesRead.tryAcquire(60, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nothing was read ahead");
        }
        act.now();
        pagesRead.release();
      } catch (StoreException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {}
  }
}
