package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.metrics.HookStats;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a SQLite file. */
class StoreTest extends StoreContractTest {

  @TempDir Path directory;
  private Path file;

  @Override
  Store newStore() {
    file = directory.resolve("store.db");
    return Store.sqlite(settings(file));
  }

  private SqliteSettings settings(Path path) {
    return new SqliteSettings(path, false, 1, this::clockOffset);
  }

  @Override
  long count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void histogramsOfAVersionThatKeptARowForEachBucket_areTakenOver() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1_000, 1_000, 2_000);
    record("other", ExecutionStatus.SUCCESS, 5_000_000);
    long median = stats(Duration.ofHours(1), "h").latency().percentile(0.5);
    close();
    change("CREATE TABLE old AS SELECT * FROM hook_latency");
    change("DROP VIEW hook_latency");
    change("ALTER TABLE hook_metrics DROP COLUMN latency");
    change("ALTER TABLE old RENAME TO hook_latency");
    change("PRAGMA user_version = 2");

    open();
    record("h", ExecutionStatus.SUCCESS, 2_000);

    HookStats stats = stats(Duration.ofHours(1), "h");
    assertThat(stats.latency().count()).isEqualTo(4);
    assertThat(stats.latency().percentile(0.25)).isEqualTo(median);
    assertThat(stats.totalCalls()).isEqualTo(4);
    assertThat(stats(Duration.ofHours(1), "other").latency().count()).isEqualTo(1);
    assertThat(count("SELECT sum(n) FROM hook_latency WHERE resolution = 3600")).isEqualTo(5);
  }

  /** Completed keys all over the table, of which each {@code n}th has expired long ago. */
  private void addKeys(int count, int n) throws SQLException {
    change(
        """
        WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < %d)
        INSERT INTO dedupe_keys (key, category, state, owner, fence, created_ms, expires_ms)
        SELECT randomblob(16), 'test', 1, 1, 1, 1, iif(i %% %d = 0, 2, 9e12) FROM number
        """
            .formatted(count, n));
  }

  private long expiredKeys() throws SQLException {
    return count("SELECT count(*) FROM dedupe_keys WHERE expires_ms = 2");
  }

  @Test
  void cleanupsWithoutTime_getThroughALargeTableTogether() throws Exception {
    store().admin().status();
    addKeys(9_000, 90);
    int goes = 0;
    while (expiredKeys() > 0) {
      store().admin().cleanup(FOREVER, Duration.ZERO);
      assertThat(++goes).as("of a few thousand keys each").isLessThan(10);
    }
    assertThat(goes).as("none reads all of them").isGreaterThan(2);
  }

  @Test
  void cleanupThatGoesOnInTheMiddle_comesRoundToTheFirstKeys() throws Exception {
    store().admin().status();
    addKeys(9_000, 10_000);
    store().admin().cleanup(FOREVER, Duration.ZERO);
    change("UPDATE dedupe_keys SET expires_ms = 2 WHERE key < x'01' OR key > x'fe'");
    long expired = expiredKeys();

    CleanupReport report = store().admin().cleanup(FOREVER, FOREVER);

    assertThat(report.keys()).isEqualTo(expired).isPositive();
    assertThat(expiredKeys()).isZero();
    assertThat(store().admin().cleanup(FOREVER, FOREVER).keys()).isZero();
  }

  @Test
  void cleanup_isLeftToAProcessThatIsAtItUntilThatHasBeenSilentForSeconds() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1, 2, 3);
    clock.advance(Duration.ofDays(8));
    change(
        "INSERT INTO hookbus_meta (name, value) VALUES ('cleanup_lease', "
            + clock.instant().plusSeconds(15).toEpochMilli()
            + ")");

    assertThat(store().admin().cleanup(Duration.ofDays(7), FOREVER))
        .isEqualTo(new CleanupReport(0, 0, 0, false));

    clock.advance(Duration.ofSeconds(16));
    assertThat(store().admin().cleanup(Duration.ofDays(7), FOREVER).logRows()).isEqualTo(2);
    assertThat(count("SELECT value FROM hookbus_meta WHERE name = 'cleanup_lease'")).isZero();
  }

  @Test
  void rolloutGuidesSql_runsAsItStands() throws Exception {
    record("tracker", ExecutionStatus.SUCCESS, 2_000_000, 4_000_000);
    record("tracker", ExecutionStatus.ERROR, 1);
    Claim.Acquired claim = (Claim.Acquired) store().claim(request("k"), budget());
    store().settle(new Settlement.Complete(claim.token(), FOREVER, null), budget());

    assertThat(
            count(
                "SELECT COUNT(*) FROM hook_logs WHERE status = 'error'"
                    + " AND created_at > datetime('now', '-1 hour')"))
        .isEqualTo(1);
    assertThat(
            count(
                "SELECT CAST(AVG(duration_ms) * 1000 AS INTEGER) FROM hook_logs"
                    + " WHERE hook_name = 'tracker' AND status = 'success'"))
        .isEqualTo(3_000);
    assertThat(count("SELECT COUNT(*) FROM dedupe_keys WHERE expires_at > datetime('now')"))
        .isEqualTo(1);
    assertThat(
            count(
                "SELECT COUNT(*) FROM hook_logs WHERE created_at GLOB"
                    + " '????-??-??T??:??:??.???Z'"))
        .isEqualTo(3);
  }

  @Test
  void databaseOfALaterSchema_isUsedIfItTakesUsAndLeftAloneIfNot() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1);
    store().close();
    change("PRAGMA user_version = 99");
    try (Store older = Store.sqlite(settings(file))) {
      older.record(List.of(execution("h", ExecutionStatus.SUCCESS, 1)), budget());
    }
    change("UPDATE hookbus_meta SET value = 50 WHERE name = 'min_writer'");

    try (Store older = Store.sqlite(settings(file))) {
      assertThatThrownBy(
              () -> older.record(List.of(execution("h", ExecutionStatus.SUCCESS, 1)), budget()))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("99", "50", "HOOKBUS_DB");
    }
  }

  @Test
  void asyncRecordsThatCannotBeWritten_areReportedNotDropped() {
    AtomicInteger lost = new AtomicInteger();
    Store async =
        Store.groupCommitting(
            Store.sqlite(settings(Path.of("/proc/hookbus/store.db"))),
            (failure, records) -> lost.addAndGet(records));
    IntStream.range(0, 100)
        .forEach(
            i -> {
              try {
                async.record(List.of(execution("h", ExecutionStatus.SUCCESS, i)), budget());
              } catch (StoreException e) {
                lost.incrementAndGet();
              }
            });

    async.close();

    assertThat(lost).hasValue(100);
  }

  @Test
  void status_namesFileAndEngine() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1);

    StoreStatus status = store().admin().status();

    assertThat(status.location()).isEqualTo(file.toString());
    assertThat(status.engine().toLowerCase(Locale.ROOT)).startsWith("sqlite 3.");
    assertThat(status.schemaVersion()).isEqualTo(Schema.VERSION);
  }
}
