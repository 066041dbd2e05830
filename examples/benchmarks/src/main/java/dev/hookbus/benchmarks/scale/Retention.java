package dev.hookbus.benchmarks.scale;

import dev.hookbus.store.CleanupReport;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** What other processes feel while a million old rows go, and then expired keys. */
final class Retention {

  private static final int PROCESSES = 4;
  private static final int REMOVED = 1_000_000;
  private static final long PAUSE_MICROS = 2_000;
  private static final long PAUSE_MILLIS = 20;
  private static final long SETTLE_MILLIS = 3_000;
  private static final long QUIET_MILLIS = 10_000;

  /** Of the first two bytes of keys. */
  private static final int KEYS_STEP = 64;

  private static final Duration BUDGET = Duration.ofMillis(250);

  private final Path file;

  Retention(Path file) {
    this.file = file;
  }

  void print(Markdown out) throws Exception {
    FileCache.fill(file);
    List<Writer> writers = Writer.start(PROCESSES, file, PAUSE_MICROS, BUDGET);
    try (Store store = Store.sqlite(SqliteSettings.of(file))) {
      Thread.sleep(SETTLE_MILLIS);
      Writer.endPhase(writers);
      Thread.sleep(QUIET_MILLIS);
      final Writer.Phase quiet = Writer.endPhase(writers);
      Removal rows = remove(store, Duration.ofMillis(ageOfRow(REMOVED)), writers);
      long expired = expireKeys();
      Thread.sleep(SETTLE_MILLIS);
      Writer.endPhase(writers);
      Removal keys = remove(store, Filler.HISTORY.multipliedBy(2), writers);
      out.title("Retention");
      out.text(
          ("%d processes run %s guards with a key each second; meanwhile %s rows go in %.1f s, and"
                  + " %s keys all over their table in %.1f s.")
              .formatted(
                  PROCESSES,
                  Markdown.count(Math.round(rows.guards.calls().count() / rows.seconds)),
                  Markdown.count(rows.logRows),
                  rows.seconds,
                  Markdown.count(expired),
                  keys.seconds));
      out.head("guards", "P50, ms", "P95, ms", "P99, ms", "P99.9, ms", "worst, ms", "refused");
      print(out, "quiet", quiet);
      print(out, "while rows go", rows.guards);
      print(out, "while keys go", keys.guards);
    } finally {
      for (Writer writer : writers) {
        writer.close();
      }
    }
  }

  /** What writers felt while something went. */
  private record Removal(long logRows, double seconds, Writer.Phase guards) {}

  /** The writers clean up too, now and then; all of it counts. */
  private static Removal remove(Store store, Duration retention, List<Writer> writers)
      throws Exception {
    long start = System.nanoTime();
    CleanupReport report = store.admin().cleanup(retention, Duration.ofMinutes(4));
    long logRows = report.logRows();
    while (!report.complete()) {
      Thread.sleep(PAUSE_MILLIS);
      report = store.admin().cleanup(retention, Duration.ofMinutes(4));
      logRows += report.logRows();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Removal(logRows, seconds, Writer.endPhase(writers));
  }

  /** Lets some keys of each page expire, and answers how many. */
  private long expireKeys() throws Exception {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(30_000);
    long keys = 0;
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
        PreparedStatement expire =
            connection.prepareStatement(
                "UPDATE dedupe_keys SET expires_ms = 0"
                    + " WHERE key BETWEEN ? AND ? AND state = 1 AND random() % 50 = 0")) {
      for (int first = 0; first < 1 << 16; first += KEYS_STEP) {
        int last = first + KEYS_STEP - 1;
        expire.setBytes(1, new byte[] {(byte) (first >> 8), (byte) first});
        expire.setBytes(2, new byte[] {(byte) (last >> 8), (byte) last, -1, -1});
        keys += expire.executeUpdate();
      }
    }
    return keys;
  }

  static void print(Markdown out, String name, Writer.Phase phase) {
    out.row(
        name,
        Markdown.millis(phase.calls().median()),
        Markdown.millis(phase.calls().percentile(0.95)),
        Markdown.millis(phase.calls().percentile(0.99)),
        Markdown.millis(phase.calls().percentile(0.999)),
        Markdown.millis(phase.calls().max()),
        phase.refused());
  }

  /** So old is the row before which so many lie. */
  private long ageOfRow(int rows) throws Exception {
    long created =
        Filler.number(
            file, "SELECT created_ms FROM hook_logs ORDER BY log_id LIMIT 1 OFFSET " + rows);
    return System.currentTimeMillis() - created;
  }
}
