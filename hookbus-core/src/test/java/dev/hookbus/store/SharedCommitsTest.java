package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.ExecutionStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that share the one connection, and then a commit. */
class SharedCommitsTest {

  private static final int THREADS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path file;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve("store.db");
    store = Store.sqlite(SqliteSettings.of(file));
    store.record(List.of(execution("first")), Budget.of(PATIENCE));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void workOfWaitingThreads_isAllCommittedOnce() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String hook = "hook " + i;
      calls.add(() -> record(execution(hook), PATIENCE));
    }

    for (FutureTask<Object> done : runWhileLocked(calls, 0)) {
      done.get();
    }

    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(1 + THREADS);
    assertThat(count("SELECT count(DISTINCT hook_name) FROM hook_logs")).isEqualTo(1 + THREADS);
  }

  @Test
  void ofThreadsThatWaitForOneKey_oneGetsIt() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      calls.add(() -> claim("shared"));
    }
    int acquired = 0;

    for (FutureTask<Object> done : runWhileLocked(calls, 0)) {
      acquired += done.get() instanceof Claim.Acquired ? 1 : 0;
    }

    assertThat(acquired).isEqualTo(1);
  }

  @Test
  void threadWhoseWorkFails_isTheOnlyOneToHearOfIt() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "k" + i;
      calls.add(i == 5 ? () -> record(execution(null), PATIENCE) : () -> claim(name));
    }

    List<FutureTask<Object>> done = runWhileLocked(calls, 0);

    for (int i = 0; i < THREADS; i++) {
      FutureTask<Object> each = done.get(i);
      if (i == 5) {
        assertThatThrownBy(each::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(StoreException.class);
      } else {
        assertThat(each.get()).isInstanceOf(Claim.Acquired.class);
      }
    }
    assertThat(count("SELECT count(*) FROM dedupe_keys")).isEqualTo(THREADS - 1);
    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(1);
  }

  @Test
  void threadWhoseBudgetEnds_goesWithoutAndLeavesNothingBehind() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String hook = "hook " + i;
      Duration patience = i == 5 ? Duration.ofMillis(1) : PATIENCE;
      calls.add(() -> record(execution(hook), patience));
    }

    List<FutureTask<Object>> done = runWhileLocked(calls, 1);

    for (int i = 0; i < THREADS; i++) {
      FutureTask<Object> each = done.get(i);
      if (i == 5) {
        assertThatThrownBy(each::get).cause().isInstanceOf(StoreException.class);
      } else {
        each.get();
      }
    }
    assertThat(count("SELECT count(*) FROM hook_logs WHERE hook_name = 'hook 5'")).isZero();
    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(THREADS);
  }

  @Test
  void interruptedThread_isServedAndStaysInterrupted() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String hook = "hook " + i;
      calls.add(
          () -> {
            Thread.currentThread().interrupt();
            record(execution(hook), PATIENCE);
            return Thread.interrupted();
          });
    }

    for (FutureTask<Object> done : runWhileLocked(calls, 0)) {
      assertThat(done.get()).isEqualTo(true);
    }

    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(1 + THREADS);
  }

  @Test
  void threadsThatNeverStop_loseNothing() throws Exception {
    List<FutureTask<Object>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "thread " + i;
      tasks.add(
          start(
              () -> {
                for (int k = 0; k < 500; k++) {
                  record(execution(name), PATIENCE);
                  assertThat(claim(name + " " + k)).isInstanceOf(Claim.Acquired.class);
                }
                return true;
              }));
    }
    for (FutureTask<Object> task : tasks) {
      task.get();
    }

    assertThat(count("SELECT count(*) FROM hook_logs")).isEqualTo(1 + THREADS * 500);
    assertThat(count("SELECT count(*) FROM dedupe_keys")).isEqualTo(THREADS * 500);
  }

  /** Starts the calls while nobody can write, until all wait but so many that have given up. */
  private List<FutureTask<Object>> runWhileLocked(List<Callable<Object>> calls, int givenUp)
      throws Exception {
    List<FutureTask<Object>> tasks = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (Callable<Object> call : calls) {
        FutureTask<Object> task = new FutureTask<>(call);
        tasks.add(task);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (System.nanoTime() - end < 0
          && (tasks.stream().filter(FutureTask::isDone).count() < givenUp
              || threads.stream().filter(SharedCommitsTest::waits).count()
                  < calls.size() - givenUp)) {
        LockSupport.parkNanos(1_000_000);
      }
      statement.execute("ROLLBACK");
    }
    return tasks;
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static FutureTask<Object> start(Callable<Object> call) {
    FutureTask<Object> task = new FutureTask<>(call);
    new Thread(task).start();
    return task;
  }

  private Object record(Execution execution, Duration patience) throws StoreException {
    store.record(List.of(execution), Budget.of(patience));
    return true;
  }

  private Object claim(String name) throws StoreException {
    return store.claim(
        new ClaimRequest(KeyHash.unambiguous("test", name), "test", Duration.ofMinutes(10), null),
        Budget.of(PATIENCE));
  }

  @SuppressWarnings("NullAway") // a row without a hook's name is one the database refuses
  private static Execution execution(String hook) {
    return new Execution(
        "0123456789abcdef",
        "run",
        "session",
        hook,
        "PostToolUse",
        null,
        ExecutionStatus.SUCCESS,
        System.currentTimeMillis(),
        1,
        1,
        false,
        null,
        false,
        null);
  }

  private long count(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }
}
