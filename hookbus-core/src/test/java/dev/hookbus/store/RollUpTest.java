package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.metrics.HookStats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollUpTest {

  private static final int ROWS = 2_500;
  private static final long MINUTE = 60_000;
  private static final Budget BUDGET = Budget.of(Duration.ofHours(1));

  @TempDir Path directory;

  private SqliteSettings settings;
  private Store store;
  private Session session;

  @BeforeEach
  void open() throws Exception {
    settings = SqliteSettings.of(directory.resolve("hookbus.db"));
    store = Store.sqlite(settings);
    store.admin().status();
    session = new SqliteDatabase(settings).open(BUDGET);
  }

  @AfterEach
  void close() {
    session.close();
    store.close();
  }

  @Test
  void rowsOfManyPeriods_areCountedOnceInEveryResolution() throws Exception {
    record(MINUTE);

    List<HookStats> stats = store.admin().stats(Instant.EPOCH, null);

    assertThat(stats).hasSize(2).allMatch(each -> each.totalCalls() == ROWS / 2);
    assertThat(stats.get(0).successes()).isEqualTo(ROWS / 2);
    for (Resolution resolution : Resolution.values()) {
      assertThat(counted(resolution)).isEqualTo(ROWS);
    }
    long periods = session.number("SELECT count(*) FROM hook_metrics WHERE resolution = 60");
    assertThat(periods).isEqualTo(ROWS);
  }

  @Test
  void rowsTwoHaveRead_areCountedByTheFirstAlone() throws Exception {
    record(0);
    RollUp first = new RollUp();
    RollUp second = new RollUp();
    assertThat(first.next(session)).isTrue();
    assertThat(second.next(session)).isTrue();

    runToItsEnd(first);
    record(0);
    runToItsEnd(second);

    assertThat(counted(Resolution.DAY)).isEqualTo(2 * ROWS);
  }

  @Test
  void whenTimeIsOver_whatWasReadIsCounted() throws Exception {
    record(0);
    long before = 0;
    while (before < ROWS) {
      store.admin().cleanup(Duration.ofDays(7), Duration.ZERO);

      assertThat(counted(Resolution.HOUR)).isGreaterThan(before);
      before = counted(Resolution.HOUR);
    }
    assertThat(before).isEqualTo(ROWS);
  }

  private void runToItsEnd(RollUp rollUp) throws DatabaseException {
    boolean more = true;
    while (more) {
      more = rollUp.next(session);
    }
  }

  private long counted(Resolution resolution) throws DatabaseException {
    return session.number(
        "SELECT sum(n) FROM hook_latency WHERE resolution = " + resolution.seconds());
  }

  /** Rows of two hooks in turn, so many milliseconds apart; the newest is of now. */
  private void record(long step) throws StoreException {
    long now = System.currentTimeMillis();
    List<Execution> executions = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      executions.add(
          new Execution(
              "0123456789abcdef",
              "run",
              "session",
              i % 2 == 0 ? "even" : "odd",
              "PostToolUse",
              null,
              ExecutionStatus.SUCCESS,
              now - (ROWS - 1 - i) * step,
              1_000L * i,
              1_000,
              false,
              null,
              false,
              null));
    }
    store.record(executions, BUDGET);
  }
}
