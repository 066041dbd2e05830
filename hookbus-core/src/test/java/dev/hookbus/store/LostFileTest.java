package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.metrics.ExecutionStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records when a stranger lays hands on the file while a store has it open. */
class LostFileTest {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("store.db");
  }

  private Store open(int connections) {
    return Store.sqlite(new SqliteSettings(file(), false, connections, () -> 0));
  }

  private static void record(Store store, String correlationId) throws StoreException {
    store.record(
        List.of(
            new Execution(
                correlationId,
                "run",
                "session",
                "hook",
                "event",
                null,
                ExecutionStatus.SUCCESS,
                System.currentTimeMillis(),
                1_000,
                0,
                false,
                null,
                false,
                null)),
        Budget.of(Duration.ofMinutes(1)));
  }

  private long count(String correlationId) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM hook_logs WHERE correlation_id = '" + correlationId + "'")) {
      return rows.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Records until the store has seen what happened; then one more record, which must be found.
   * Nobody else may look at the file before that: SQLite would join it with the old log.
   */
  private void recordUntil(Store store, Seen seen) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!seen.happened()) {
      assertThat(System.nanoTime() - deadline).as("time to see it").isNegative();
      try {
        record(store, "while");
      } catch (StoreException expected) {
        // The call that meets the damage fails.
      }
      // Without a pause the log would soon be moved into the file, whatever that is by now.
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    record(store, "after");
    assertThat(count("after")).isEqualTo(1);
  }

  @FunctionalInterface
  private interface Seen {
    boolean happened() throws IOException;
  }

  private List<String> setAside(String reason) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("store.db." + reason))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void deletedFile_isBegunAnewWithoutItsOldLog(int connections) throws Exception {
    try (Store store = open(connections)) {
      record(store, "before");
      Files.delete(file());

      recordUntil(store, () -> !setAside("orphaned-").isEmpty());

      assertThat(count("before")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void copyPutInPlaceOfTheFile_isWrittenToWithoutTheOldLog(int connections) throws Exception {
    Path copy = directory.resolve("copy");
    try (Store store = open(connections)) {
      record(store, "copied");
      execute("VACUUM INTO '" + copy + "'");
      record(store, "not-copied");
      Files.move(copy, file(), StandardCopyOption.ATOMIC_MOVE);

      recordUntil(store, () -> !setAside("orphaned-").isEmpty());

      assertThat(count("copied")).isEqualTo(1);
      assertThat(count("not-copied")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void fileCutToNothing_isBegunAnew(int connections) throws Exception {
    try (Store store = open(connections)) {
      record(store, "before");
      try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
        bytes.setLength(0);
      }

      recordUntil(store, () -> !setAside("corrupt-").isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void fileDamagedBehindItsFirstPage_isMovedAside(int connections) throws Exception {
    try (Store store = open(connections)) {
      for (int i = 0; i < 100; i++) {
        record(store, "before");
      }
      execute("PRAGMA wal_checkpoint(TRUNCATE)");
      try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
        bytes.seek(4096);
        bytes.write(new byte[(int) bytes.length() - 4096]);
      }

      recordUntil(store, () -> !setAside("corrupt-").isEmpty());
    }
  }
}
