package dev.hookbus.benchmarks.scale;

import dev.hookbus.metrics.HookStats;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** What a report costs, and how far it is from sorting every duration. */
final class StatisticsCost {

  private static final int REPEATS = 31;
  private static final double[] PERCENTILES = {0.50, 0.95, 0.99};

  private static final String DURATIONS =
      """
      SELECT hook_name, CAST(round(duration_ms * 1e6) AS INTEGER) FROM hook_logs
      WHERE latency_bucket IS NOT NULL AND created_ms >= ? AND (hook_name = ?2 OR ?2 IS NULL)
      """;

  /** A question: of which hook, how far back. */
  private record Question(String text, @Nullable String hook, Duration window) {

    Instant from() {
      return Instant.now().minus(window);
    }
  }

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("p50, p95, p99 of one hook, 24 h", Filler.hook(0), Duration.ofHours(24)),
          new Question("p50, p95, p99 of one hook, all time", Filler.hook(0), Duration.ofDays(400)),
          new Question("`metrics`, 1 h, all hooks", null, Duration.ofHours(1)),
          new Question("`metrics`, 24 h, all hooks", null, Duration.ofHours(24)),
          new Question("`metrics`, 30 d, all hooks", null, Duration.ofDays(30)),
          new Question("20 hooks, all time", null, Duration.ofDays(400)));

  private final Map<Integer, Path> files;

  StatisticsCost(Map<Integer, Path> files) {
    this.files = files;
  }

  void print(Markdown out) throws Exception {
    out.title("Percentiles");
    out.head("rows", "question", "ms", "select and sort, ms", "largest error");
    for (Map.Entry<Integer, Path> each : files.entrySet()) {
      if (each.getKey() > 0) {
        for (Question question : QUESTIONS) {
          print(out, each.getKey(), each.getValue(), question);
        }
      }
    }
  }

  private static void print(Markdown out, int rows, Path file, Question question) throws Exception {
    try (Store store = Store.sqlite(SqliteSettings.of(file))) {
      List<HookStats> stats = List.of();
      Timings timings = new Timings();
      for (int i = -REPEATS; i < REPEATS; i++) {
        long start = System.nanoTime();
        stats = ask(store, question);
        if (i >= 0) {
          timings.add(System.nanoTime() - start);
        }
      }
      long start = System.nanoTime();
      Map<String, Timings> exact = sorted(file, question);
      long sorting = System.nanoTime() - start;
      out.row(
          Markdown.count(rows),
          question.text,
          Markdown.millis(timings.median()),
          Markdown.millis(sorting),
          Markdown.number(100 * largestError(stats, exact)) + " %");
    }
  }

  private static List<HookStats> ask(Store store, Question question) throws StoreException {
    List<HookStats> stats = store.admin().stats(question.from(), question.hook);
    for (HookStats each : stats) {
      for (double p : PERCENTILES) {
        if (each.percentileMillis(p) < 0) {
          throw new IllegalStateException("a negative percentile");
        }
      }
    }
    return stats;
  }

  private static Map<String, Timings> sorted(Path file, Question question) throws SQLException {
    // The library rounds a window's start down, to a minute where it still has minutes.
    long from = question.from().getEpochSecond() / 60 * 60_000;
    Map<String, Timings> sorted = new HashMap<>();
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        PreparedStatement statement = connection.prepareStatement(DURATIONS)) {
      statement.setLong(1, from);
      statement.setString(2, question.hook);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sorted.computeIfAbsent(rows.getString(1), hook -> new Timings()).add(rows.getLong(2));
        }
      }
    }
    sorted.values().forEach(Timings::median);
    return sorted;
  }

  private static double largestError(List<HookStats> stats, Map<String, Timings> exact) {
    List<Double> errors = new ArrayList<>(List.of(0.0));
    for (HookStats each : stats) {
      Timings sorted = exact.get(each.hook());
      if (sorted != null) {
        for (double p : PERCENTILES) {
          double right = sorted.percentile(p);
          errors.add(Math.abs(each.latency().percentile(p) - right) / right);
        }
      }
    }
    return errors.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
