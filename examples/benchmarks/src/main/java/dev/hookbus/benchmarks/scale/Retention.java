package dev.hookbus.benchmarks.scale;

import dev.hookbus.store.CleanupReport;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What other processes feel while a million old rows go. */
final class Retention {

  private static final int PROCESSES = 4;
  private static final int REMOVED = 1_000_000;
  private static final long PAUSE_MICROS = 2_000;
  private static final long QUIET_MILLIS = 10_000;
  private static final Duration BUDGET = Duration.ofMillis(250);

  private final Path file;

  Retention(Path file) {
    this.file = file;
  }

  void print(Markdown out) throws Exception {
    List<Writer> writers = Writer.start(PROCESSES, file, PAUSE_MICROS, BUDGET);
    try (Store store = Store.sqlite(SqliteSettings.of(file))) {
      Thread.sleep(2_000);
      Writer.endPhase(writers);
      Thread.sleep(QUIET_MILLIS);
      final Writer.Phase quiet = Writer.endPhase(writers);
      Duration retention = Duration.ofMillis(ageOfRow(REMOVED));
      long start = System.nanoTime();
      CleanupReport report = store.admin().cleanup(retention, Duration.ofMinutes(4));
      final double seconds = (System.nanoTime() - start) / 1e9;
      final Writer.Phase busy = Writer.endPhase(writers);
      out.title("Retention");
      out.text(
          "%s rows removed in %.1f s while %d processes run %s guards with a key each second."
              .formatted(
                  Markdown.count(report.logRows()),
                  seconds,
                  PROCESSES,
                  Markdown.count(Math.round(busy.calls().count() / seconds))));
      out.head("guards", "P50, ms", "P95, ms", "P99, ms", "P99.9, ms", "worst, ms", "refused");
      print(out, "quiet", quiet);
      print(out, "during retention", busy);
    } finally {
      for (Writer writer : writers) {
        writer.close();
      }
    }
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
