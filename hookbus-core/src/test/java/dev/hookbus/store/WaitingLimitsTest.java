package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.PostgresServer;
import dev.hookbus.TestClock;
import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.metrics.ExecutionStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records that wait on a machine for a server that stays away. */
class WaitingLimitsTest {

  private static final Duration MONTH = Duration.ofDays(30);
  private static final OutboxLimits FOUR = new OutboxLimits(4, 1 << 30, MONTH);

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private final AtomicLong dropped = new AtomicLong();

  private Store store(String url, OutboxLimits limits) {
    return new SharedStore(
        new PostgresSettings(StoreUrl.of(url), 1, true, this::clockOffset),
        new SqliteSettings(file(), false, 1, this::clockOffset),
        limits,
        away -> {},
        dropped::addAndGet);
  }

  private Store whileAway(OutboxLimits limits) throws IOException {
    try (ServerSocket closedSoon = new ServerSocket(0)) {
      return store("jdbc:postgresql://localhost:" + closedSoon.getLocalPort() + "/hooks", limits);
    }
  }

  private Path file() {
    return directory.resolve("hookbus.db");
  }

  private long clockOffset() {
    return clock.millis() - System.currentTimeMillis();
  }

  private static Budget budget() {
    return Budget.of(Duration.ofMinutes(1));
  }

  private Execution execution(String hook) {
    return new Execution(
        "0123456789abcdef",
        "run",
        "session",
        hook,
        "PostToolUse",
        null,
        ExecutionStatus.SUCCESS,
        clock.millis(),
        1_000,
        1_000,
        false,
        null,
        false,
        null);
  }

  private void record(Store store, int from, int to) throws StoreException {
    for (int i = from; i < to; i++) {
      store.record(List.of(execution("h" + i)), budget());
    }
  }

  private static void failToCleanUp(Store store) {
    assertThatThrownBy(() -> store.admin().cleanup(MONTH, Duration.ofMinutes(1)))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void whileTheServerIsAway_theOldestGoAndAreCounted_andTheOthersArrive() throws Exception {
    try (PostgresServer server = PostgresServer.schema()) {
      ClaimRequest key =
          new ClaimRequest(KeyHash.unambiguous("test", "k"), "test", Duration.ofHours(1), null);
      try (Store before = store(server.url(), FOUR);
          Store away = whileAway(FOUR)) {
        Claim.Acquired claim = (Claim.Acquired) before.claim(key, budget());
        away.settleAndRecord(
            new Settlement.Complete(claim.token(), MONTH, null), execution("h0"), budget());
        record(away, 1, 7);

        failToCleanUp(away);

        assertThat(away.admin().waiting())
            .isEqualTo(new WaitingStatus(4, Map.of("waiting_full", 3L), 1));
        assertThat(dropped).hasValue(3);
        failToCleanUp(away);
        assertThat(away.admin().waiting().droppedRecords()).isEqualTo(3);
      }
      try (Store after = store(server.url(), FOUR)) {
        after.admin().cleanup(MONTH, Duration.ofMinutes(1));

        assertThat(after.admin().tail(0, null, 10))
            .extracting(LogEntry::hook)
            .containsExactly("h3", "h4", "h5", "h6");
        assertThat(after.admin().waiting().records()).isZero();
        assertThat(after.claim(key, budget()))
            .as("the outcome went with its record")
            .isInstanceOf(Claim.InProgress.class);
        clock.advance(Duration.ofHours(2));
        assertThat(after.claim(key, budget()))
            .as("when the lease is over the work may be done again")
            .isInstanceOf(Claim.Acquired.class);
      }
    }
  }

  @Test
  void recordsThatAreTooOld_go() throws Exception {
    try (Store away = whileAway(new OutboxLimits(100, 1 << 30, Duration.ofDays(14)))) {
      record(away, 0, 5);
      clock.advance(Duration.ofDays(15));
      record(away, 5, 7);

      failToCleanUp(away);

      assertThat(away.admin().waiting())
          .isEqualTo(new WaitingStatus(2, Map.of("waiting_age", 5L), 0));
    }
  }

  @Test
  void recordsThatAreTooLarge_go() throws Exception {
    // A new file takes more than this: all it holds is looked at.
    try (Store away = whileAway(new OutboxLimits(100, 1_000, MONTH))) {
      record(away, 0, 5);

      failToCleanUp(away);

      assertThat(away.admin().waiting())
          .isEqualTo(new WaitingStatus(2, Map.of("waiting_full", 3L), 0));
    }
  }

  @Test
  void recordThatArrived_doesNotTakeAnotherInItsPlaceWithIt() throws Exception {
    try (Store away = whileAway(FOUR)) {
      record(away, 0, 1);
      Connections local = new SingleConnection(new SqliteDatabase(SqliteSettings.of(file())));
      List<WaitingRecords.Row> sent =
          local.with(budget(), session -> WaitingRecords.oldest(session, 10));
      clear(); // another process has sent it as well
      record(away, 1, 2);

      local.with(
          budget(),
          session -> {
            WaitingRecords.delete(session, sent);
            return true;
          });
      local.close();

      assertThat(away.admin().waiting().records()).isEqualTo(1);
    }
  }

  private void clear() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM waiting_records");
    }
  }
}
