package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.PostgresServer;
import dev.hookbus.idempotency.Claim;
import dev.hookbus.metrics.ExecutionStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store on a PostgreSQL server. */
class PostgresStoreTest extends StoreContractTest {

  @TempDir Path directory;
  private PostgresServer server;

  @Override
  @BeforeEach
  void open() throws Exception {
    server = PostgresServer.schema();
    super.open();
  }

  @Override
  @AfterEach
  void close() throws Exception {
    if (server != null) {
      super.close();
      server.close();
    }
  }

  @Override
  Store newStore() {
    return newStore(1);
  }

  private Store newStore(int connections) {
    return newStore(server.url(), connections);
  }

  private Store newStore(String url, int connections) {
    return Store.shared(
        new PostgresSettings(StoreUrl.of(url), connections, true, this::clockOffset),
        new SqliteSettings(directory.resolve("local.db"), false, 1, this::clockOffset),
        away -> {
          throw new AssertionError(away);
        },
        dropped -> {
          throw new AssertionError(dropped);
        });
  }

  @Override
  long count(String sql) throws SQLException {
    return server.number(sql);
  }

  @Test
  void status_namesServerWithoutItsSecrets() throws Exception {
    StoreStatus status = store().admin().status();

    assertThat(status.location()).startsWith("jdbc:postgresql://").doesNotContain("?", "user");
    assertThat(status.engine()).startsWith("PostgreSQL ");
    assertThat(status.schemaVersion()).isEqualTo(PostgresSchema.VERSION);
  }

  @Test
  void rowCommittedAfterALaterOne_isCounted() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1);
    try (Connection slow = server.connect();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO hook_logs (record_id, correlation_id, hook_name, event_type, status,
            created_ms, run_id, session_id, overhead_ms)
          SELECT gen_random_uuid(), 'c', 'h', 'e', 'success',
            extract(epoch FROM now()) * 1000, 'r', 's', 0
          FROM\s"""
              + PostgresSchema.HOLD_LOG);
      record("h", ExecutionStatus.SUCCESS, 1);
      ExecutorService reader = Executors.newSingleThreadExecutor();
      try {
        Future<?> reading =
            reader.submit((Callable<Object>) () -> store().admin().stats(clock.instant(), null));
        awaitWaitingForLock();
        slow.commit();
        reading.get();
      } finally {
        reader.shutdown();
      }
    }

    assertThat(stats(Duration.ofHours(1), "h").totalCalls()).isEqualTo(3);
  }

  private void awaitWaitingForLock() throws Exception {
    String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while (server.number(waiting) == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void keyClaimedByManyConnectionsAtOnce_isGivenToOne() throws Exception {
    int threads = 6;
    List<Store> stores = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      stores.add(newStore(i % 2 + 1));
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 100; round++) {
        String key = "k" + round;
        List<Callable<Claim>> claims = new ArrayList<>();
        for (Store each : stores) {
          claims.add(() -> each.claim(request(key), budget()));
        }
        int acquired = 0;
        for (Future<Claim> claim : executor.invokeAll(claims)) {
          acquired += claim.get() instanceof Claim.Acquired ? 1 : 0;
        }
        assertThat(acquired).isEqualTo(1);
      }
    } finally {
      executor.shutdown();
      stores.forEach(Store::close);
    }
  }

  @Test
  void tablesAreMadeOnceByManyAtOnce_andFoundInOrderByWhoMayMakeNone() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(6);
    try {
      List<Callable<StoreStatus>> openings = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        openings.add(
            () -> {
              try (Store each = newStore()) {
                return each.admin().status();
              }
            });
      }
      for (Future<StoreStatus> opened : executor.invokeAll(openings)) {
        assertThat(opened.get().schemaVersion()).isEqualTo(PostgresSchema.VERSION);
      }
    } finally {
      executor.shutdown();
    }
    try (Store checking = checkingOnly()) {
      assertThat(checking.admin().status().logRows()).isZero();
    }
  }

  @Test
  void missingTables_areNamedWhereNoneMayBeMade_andMadeByThePrintedScript() throws Exception {
    try (Store checking = checkingOnly()) {
      assertThatThrownBy(() -> checking.admin().status())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("hookbus store schema");
    }
    server.change(Store.sharedSchema());
    try (Store checking = checkingOnly()) {
      assertThat(checking.admin().status().schemaVersion()).isEqualTo(PostgresSchema.VERSION);
    }
  }

  private Store checkingOnly() {
    return Store.shared(
        new PostgresSettings(StoreUrl.of(server.url()), 1, false, () -> 0),
        SqliteSettings.of(directory.resolve("other.db")),
        away -> {},
        dropped -> {});
  }

  @Test
  void tablesOfALaterSchema_areUsedIfTheyTakeUsAndLeftAloneIfNot() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1);
    server.change("UPDATE hookbus_meta SET value = 99 WHERE name = 'schema_version'");
    try (Store older = newStore()) {
      assertThat(older.admin().status().logRows()).isEqualTo(1);
    }
    server.change("UPDATE hookbus_meta SET value = 50 WHERE name = 'min_writer'");
    try (Store older = newStore()) {
      assertThatThrownBy(() -> older.admin().status())
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll("99", "50", "HOOKBUS_STORE_URL");
    }
  }

  @Test
  void expiredKeys_areFoundByTheirIndexAmongMany() throws Exception {
    store().admin().status();
    server.change(
        """
        INSERT INTO dedupe_keys (key, category, state, owner, fence, created_ms, expires_ms)
        SELECT decode(md5(n::text), 'hex'), 'test', 1, n, 1, n, 4000000000000 + n
        FROM generate_series(1, 50000) AS n""");
    server.change("ANALYZE dedupe_keys");

    String remove =
        Dialect.POSTGRESQL
            .translate(IndexedKeys.REMOVE)
            .replace(" - ?", " - 0")
            .replace("?", "500");
    assertThat(server.lines("EXPLAIN " + remove).stream().collect(Collectors.joining("\n")))
        .contains("dedupe_keys_expiry")
        .doesNotContain("Seq Scan");
  }

  @Test
  void tablesOfTheFirstSchema_areUpgradedAndKeepWhatTheyHold() throws Exception {
    record("h", ExecutionStatus.SUCCESS, 1);
    store().claim(request("k"), budget());
    backToTheFirstSchema();

    try (Store newer = newStore()) {
      assertThat(newer.admin().status().schemaVersion()).isEqualTo(PostgresSchema.VERSION);
      assertThat(newer.admin().status().logRows()).isEqualTo(1);
      assertThat(newer.claim(request("k"), budget())).isInstanceOf(Claim.InProgress.class);
    }
    assertThat(server.number("SELECT count(to_regclass('dedupe_keys_expiry'))")).isEqualTo(1);
  }

  private void backToTheFirstSchema() throws SQLException {
    server.change("DROP INDEX dedupe_keys_expiry");
    server.change("UPDATE hookbus_meta SET value = 1 WHERE name = 'schema_version'");
  }

  @Test
  void largeTablesOfTheFirstSchema_waitForAnIndexThatSomebodyMakesWithoutLocking()
      throws Exception {
    store().admin().status();
    backToTheFirstSchema();
    server.change(
        """
        INSERT INTO dedupe_keys (key, category, state, owner, fence, created_ms, expires_ms, output)
        SELECT decode(md5(n::text), 'hex'), 'test', 1, n, 1, n, 4000000000000 + n, repeat('x', 1500)
        FROM generate_series(1, 50000) AS n""");

    try (Store newer = newStore()) {
      assertThat(newer.claim(request("k"), budget())).isInstanceOf(Claim.Acquired.class);
      assertThat(newer.admin().status().schemaVersion()).isEqualTo(1);
    }
    server.change("CREATE INDEX CONCURRENTLY dedupe_keys_expiry ON dedupe_keys (expires_ms)");
    try (Store newer = newStore()) {
      assertThat(newer.admin().status().schemaVersion()).isEqualTo(PostgresSchema.VERSION);
    }
  }

  @Test
  void tablesOfTheFirstSchema_serveAUserWhoMayNotChangeThem() throws Exception {
    store().admin().status();
    backToTheFirstSchema();
    String user = server.newUser();

    try (Store newer = newStore(server.url(user), 1)) {
      assertThat(newer.claim(request("k"), budget())).isInstanceOf(Claim.Acquired.class);
      clock.advance(Duration.ofDays(3));
      assertThat(newer.admin().cleanup(FOREVER, FOREVER).keys()).isEqualTo(1);
      assertThat(newer.admin().status().schemaVersion()).isEqualTo(1);
    }
  }
}
