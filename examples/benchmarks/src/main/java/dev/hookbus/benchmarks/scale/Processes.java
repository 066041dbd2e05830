package dev.hookbus.benchmarks.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Processes that do nothing but run guards on one database, as fast as they can. They are patient,
 * so that the longest wait is seen; how many calls the default budget would have refused is
 * counted.
 */
final class Processes {

  private static final int[] COUNTS = {1, 4, 16};
  private static final long MILLIS = 8_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DEFAULT_BUDGET = Duration.ofMillis(250);

  private final Path directory;

  Processes(Path directory) {
    this.directory = directory;
  }

  void print(Markdown out) throws Exception {
    out.title("Processes");
    out.head(
        "saturated processes",
        "guards/s",
        "P50, ms",
        "P99, ms",
        "P99.9, ms",
        "worst, ms",
        "over 250 ms",
        "refused");
    for (int count : COUNTS) {
      Path home = Files.createTempDirectory(directory, "processes");
      List<Writer> writers = Writer.start(count, home.resolve("hooks.db"), 0, PATIENCE);
      try {
        Thread.sleep(1_000);
        Writer.endPhase(writers);
        long start = System.nanoTime();
        Thread.sleep(MILLIS);
        Writer.Phase phase = Writer.endPhase(writers);
        double seconds = (System.nanoTime() - start) / 1e9;
        out.row(
            count,
            Markdown.count(Math.round(phase.calls().count() / seconds)),
            Markdown.millis(phase.calls().median()),
            Markdown.millis(phase.calls().percentile(0.99)),
            Markdown.millis(phase.calls().percentile(0.999)),
            Markdown.millis(phase.calls().max()),
            phase.calls().over(DEFAULT_BUDGET.toNanos()),
            phase.refused());
      } finally {
        for (Writer writer : writers) {
          writer.close();
        }
        ScaleReport.removeAll(home);
      }
    }
  }
}
