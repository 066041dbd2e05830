package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.metrics.ExecutionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {

  private static final long PAGE_AND_HEADER = 4_096 + 24;

  @TempDir Path directory;

  private static void record(Store store, int times) throws StoreException {
    Execution execution =
        new Execution(
            "0123456789abcdef",
            "run",
            "session",
            "h",
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
    for (int i = 0; i < times; i++) {
      store.record(List.of(execution), Budget.of(Duration.ofMinutes(1)));
    }
  }

  private static long checkpointers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("hookbus-checkpoint"))
        .count();
  }

  @Test
  void processThatWritesAFewTimes_startsNoThread() throws Exception {
    try (Store store = Store.sqlite(SqliteSettings.of(directory.resolve("store.db")))) {
      record(store, 99);

      assertThat(checkpointers()).isZero();
    }
  }

  @Test
  void processThatWritesOn_hasOneThreadUntilItCloses() throws Exception {
    Store store = Store.sqlite(SqliteSettings.of(directory.resolve("store.db")));
    record(store, 500);
    assertThat(checkpointers()).isEqualTo(1);

    store.close();

    assertThat(checkpointers()).isZero();
  }

  @Test
  void log_doesNotGrowWithoutEnd() throws Exception {
    Path file = directory.resolve("store.db");
    try (Store store = Store.sqlite(SqliteSettings.of(file))) {
      record(store, 40_000);

      assertThat(Files.size(directory.resolve("store.db-wal")))
          .isLessThan(20_000 * PAGE_AND_HEADER);
    }
    assertThat(directory.resolve("store.db-wal")).doesNotExist();
  }

  @Test
  void databaseThatIsGone_isNotMadeAnew() throws IOException {
    Path file = directory.resolve("gone.db");
    SqliteDatabase database = new SqliteDatabase(SqliteSettings.of(file));

    assertThatThrownBy(database::openBeside).isInstanceOf(DatabaseException.class);

    assertThat(file).doesNotExist();
  }
}
