package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.TestClock;
import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.idempotency.StoredOutput;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.metrics.HookStats;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever engine is behind it. */
abstract class StoreContractTest {

  static final Duration FOREVER = Duration.ofMinutes(1);

  final TestClock clock = new TestClock();
  private Store store;

  /** Opens the store under test once more; its clock is {@link #clock}. */
  abstract Store newStore();

  /** The number a query on the store's tables gives. */
  abstract long count(String sql) throws SQLException;

  @BeforeEach
  void open() throws Exception {
    store = newStore();
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  final Store store() {
    return store;
  }

  final long clockOffset() {
    return clock.millis() - System.currentTimeMillis();
  }

  static Budget budget() {
    return Budget.of(FOREVER);
  }

  final Execution execution(String hook, ExecutionStatus status, long nanos) {
    return new Execution(
        "0123456789abcdef",
        "run",
        "session",
        hook,
        "PostToolUse",
        null,
        status,
        clock.millis(),
        nanos,
        1_000,
        false,
        null,
        false,
        null);
  }

  final void record(String hook, ExecutionStatus status, long... nanos) throws StoreException {
    store.record(
        LongStream.of(nanos).mapToObj(each -> execution(hook, status, each)).toList(), budget());
  }

  static ClaimRequest request(String name) {
    return new ClaimRequest(
        KeyHash.unambiguous("test", name), "test", Duration.ofMinutes(10), null);
  }

  final HookStats stats(Duration window, String hook) throws StoreException {
    List<HookStats> stats = store.admin().stats(clock.instant().minus(window), hook);
    assertThat(stats).hasSize(1);
    return stats.get(0);
  }

  @Test
  void statistics_agreeWithExactOnesWithinAPercent() throws Exception {
    Random random = new Random(7);
    long[] nanos = random.longs(5_000, 1_000, 400_000_000).toArray();
    record("h", ExecutionStatus.SUCCESS, nanos);
    record("h", ExecutionStatus.ERROR, 5_000_000_000L);
    record("h", ExecutionStatus.DEDUPE_SKIP, 0, 0, 0);
    record("other", ExecutionStatus.SUCCESS, 1);

    HookStats stats = stats(Duration.ofHours(1), "h");

    assertThat(stats.successes()).isEqualTo(5_000);
    assertThat(stats.failures()).isEqualTo(1);
    assertThat(stats.dedupeHits()).isEqualTo(3);
    assertThat(stats.totalCalls()).isEqualTo(5_004);
    long[] sorted =
        LongStream.concat(LongStream.of(nanos), LongStream.of(5_000_000_000L)).sorted().toArray();
    for (double p : new double[] {0.5, 0.95, 0.99}) {
      double exact = sorted[(int) (sorted.length * p)];
      assertThat((double) stats.latency().percentile(p)).isBetween(exact * 0.99, exact * 1.01);
    }
  }

  @Test
  void everyRow_isCountedOnceHoweverOftenAndByWhomItIsRead() throws Exception {
    record("h", ExecutionStatus.SUCCESS, LongStream.range(0, 2_500).toArray());
    stats(FOREVER, "h");
    record("h", ExecutionStatus.SUCCESS, 1, 2, 3);
    try (Store other = newStore()) {
      other.admin().stats(Instant.EPOCH, null);
    }

    assertThat(stats(Duration.ofHours(1), "h").totalCalls()).isEqualTo(2_503);
    assertThat(count("SELECT sum(n) FROM hook_latency WHERE resolution = 60")).isEqualTo(2_503);
    assertThat(count("SELECT sum(n) FROM hook_latency WHERE resolution = 86400")).isEqualTo(2_503);
  }

  @Test
  void windows_countWhatIsInThem() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1);
    clock.advance(Duration.ofHours(30));
    record("h", ExecutionStatus.SUCCESS, 1, 1);
    clock.advance(Duration.ofMinutes(90));
    record("h", ExecutionStatus.SUCCESS, 1, 1, 1);

    assertThat(stats(Duration.ofMinutes(60), "h").totalCalls()).isEqualTo(3);
    assertThat(stats(Duration.ofHours(24), "h").totalCalls()).isEqualTo(5);
    assertThat(stats(Duration.ofDays(7), "h").totalCalls()).isEqualTo(6);
  }

  @Test
  void cleanup_removesOldRowsAndKeysAndKeepsTheirStatistics() throws Exception {
    record("h", ExecutionStatus.SUCCESS, LongStream.range(0, 3_000).toArray());
    for (int i = 0; i < 700; i++) {
      Claim.Acquired claim = (Claim.Acquired) store.claim(request("old " + i), budget());
      store.settle(new Settlement.Complete(claim.token(), FOREVER, null), budget());
    }
    clock.advance(Duration.ofDays(8));
    record("h", ExecutionStatus.SUCCESS, 1);
    store.claim(request("new"), budget());

    CleanupReport report = store.admin().cleanup(Duration.ofDays(7), FOREVER);

    assertThat(report.logRows()).isEqualTo(3_000);
    assertThat(report.keys()).isEqualTo(700);
    assertThat(report.statisticRows()).isPositive();
    assertThat(report.complete()).isTrue();
    assertThat(store.admin().tail(0, null, 10)).hasSize(1);
    assertThat(store.admin().keys(null, 10)).hasSize(1);
    assertThat(stats(Duration.ofDays(30), "h").totalCalls()).isEqualTo(3_001);
    assertThat(store.admin().cleanup(Duration.ofDays(7), FOREVER).logRows()).isZero();
  }

  @Test
  void cleanup_removesAllExpiredKeysAndOnlyThose() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      Claim.Acquired claim = (Claim.Acquired) store.claim(request("key " + i), budget());
      if (i % 3 > 0) {
        Duration ttl = i % 3 == 1 ? Duration.ofHours(1) : Duration.ofDays(30);
        store.settle(new Settlement.Complete(claim.token(), ttl, null), budget());
      }
    }
    String left = "SELECT count(*) FROM dedupe_keys";
    clock.advance(Duration.ofMinutes(59));
    assertThat(store.admin().cleanup(FOREVER, FOREVER).keys()).as("too early").isZero();

    clock.advance(Duration.ofMinutes(2));
    assertThat(store.admin().cleanup(FOREVER, FOREVER).keys()).isEqualTo(400);
    assertThat(count(left + " WHERE state = 0")).as("abandoned, with their fence").isEqualTo(400);

    clock.advance(Duration.ofDays(1));
    assertThat(store.admin().cleanup(FOREVER, FOREVER).keys()).isEqualTo(400);
    assertThat(count(left)).isEqualTo(400);
    assertThat(store.claim(request("key 2"), budget())).isInstanceOf(Claim.Completed.class);
    assertThat(store.claim(request("key 1"), budget())).isInstanceOf(Claim.Acquired.class);
  }

  @Test
  void rowsAddedAfterACleanupOfEverything_areStillCounted() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1, 2, 3);
    clock.advance(Duration.ofDays(8));
    store.admin().cleanup(Duration.ofDays(7), FOREVER);
    record("h", ExecutionStatus.SUCCESS, 4);

    assertThat(stats(Duration.ofDays(30), "h").totalCalls()).isEqualTo(4);
  }

  @Test
  void releasedKey_isFree() throws Exception {
    ClaimRequest request = request("k");
    store.claim(request, budget());

    assertThat(store.admin().releaseKey(request.key())).isTrue();
    assertThat(store.admin().releaseKey(request.key())).isFalse();
    assertThat(store.claim(request, budget())).isInstanceOf(Claim.Acquired.class);
  }

  private static ClaimRequest request(String name, long owner) {
    ClaimRequest any = request(name);
    return new ClaimRequest(any.key(), any.category(), any.lease(), null, owner);
  }

  @Test
  void owner_getsItsOwnUnfinishedClaimAgainAndNobodyElseDoes() throws Exception {
    Claim.Acquired first = (Claim.Acquired) store.claim(request("again", 7), budget());
    assertThat(store.claim(request("again", 8), budget())).isInstanceOf(Claim.InProgress.class);
    assertThat(store.claim(request("again"), budget())).isInstanceOf(Claim.InProgress.class);

    Claim.Acquired again = (Claim.Acquired) store.claim(request("again", 7), budget());

    assertThat(again.token().fence()).isGreaterThan(first.token().fence());
    assertThat(store.settle(complete(first), budget())).as("of the first attempt").isFalse();
    assertThat(store.settle(complete(again), budget())).isTrue();
    assertThat(store.claim(request("again", 7), budget())).isInstanceOf(Claim.Completed.class);
  }

  private static Settlement complete(Claim.Acquired claim) {
    return new Settlement.Complete(claim.token(), Duration.ofHours(1), null);
  }

  @Test
  void settlement_isAtomicWithItsRecord() throws Exception {
    Claim.Acquired claim = (Claim.Acquired) store.claim(request("k"), budget());
    StoredOutput output = new StoredOutput(StoredOutput.Kind.STRING, "done");

    boolean held =
        store.settleAndRecord(
            new Settlement.Complete(claim.token(), FOREVER, output),
            execution("h", ExecutionStatus.SUCCESS, 1),
            budget());

    assertThat(held).isTrue();
    assertThat(store.claim(request("k"), budget()))
        .isInstanceOfSatisfying(
            Claim.Completed.class, completed -> assertThat(completed.output()).isEqualTo(output));
    assertThat(store.admin().tail(0, "h", 10)).hasSize(1);
  }

  @Test
  void asyncRecords_areAllThereAfterAFlush() throws Exception {
    try (Store async =
        Store.groupCommitting(
            newStore(),
            (failure, lost) -> {
              throw new AssertionError(failure);
            })) {
      for (int i = 0; i < 20_000; i++) {
        async.record(List.of(execution("h", ExecutionStatus.SUCCESS, i)), budget());
      }
      async.flush(budget());
      assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(20_000);
      async.record(List.of(execution("h", ExecutionStatus.SUCCESS, 1)), budget());
    }

    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(20_001);
  }

  @Test
  void asyncRecordsOfManyThreads_areAllThereAfterClose() throws Exception {
    Store async = Store.groupCommitting(newStore(), (failure, lost) -> {});
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 16; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 3_000; i++) {
                    async.record(List.of(execution("h", ExecutionStatus.SUCCESS, i)), budget());
                  }
                } catch (StoreException e) {
                  throw new AssertionError(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    async.close();
    async.close();

    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(48_000);
  }

  @Test
  void status_saysWhatIsThere() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1, 2);

    StoreStatus status = store.admin().status();

    assertThat(status.schemaVersion()).isPositive();
    assertThat(status.logRows()).isEqualTo(2);
    assertThat(status.bytes()).isPositive();
  }
}
