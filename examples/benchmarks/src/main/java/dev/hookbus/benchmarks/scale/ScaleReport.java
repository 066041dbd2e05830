package dev.hookbus.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What millions of rows, many threads and many processes cost, as tables. All variants of a table
 * take turns in one run; only ratios mean something elsewhere.
 *
 * <pre>java -cp examples/benchmarks/target/hookbus-benchmarks-*-all.jar \
 *   dev.hookbus.benchmarks.scale.ScaleReport ROWS [DIRECTORY [PART...]]</pre>
 *
 * Parts are {@code build}, {@code growth}, {@code cold}, {@code statistics}, {@code retention},
 * {@code throughput}, {@code processes} and {@code remove}; without any, all of them in this order.
 * Ten million rows take about 4 GB in the directory until the last part removes them.
 */
public final class ScaleReport {

  private static final int MIDDLE_ROWS = 1_000_000;

  /** One table or more. */
  @FunctionalInterface
  interface Part {
    void print(Markdown out) throws Exception;
  }

  private final Path directory;
  private final List<Integer> sizes;

  private ScaleReport(Path directory, int rows) {
    this.directory = directory;
    this.sizes = rows > MIDDLE_ROWS ? List.of(0, MIDDLE_ROWS, rows) : List.of(0, rows);
  }

  /** Runs the parts and prints their tables. */
  public static void main(String[] arguments) throws Exception {
    int rows = Integer.parseInt(arguments[0].replace("_", ""));
    Path directory =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("hookbus-scale");
    Files.createDirectories(directory);
    ScaleReport report = new ScaleReport(directory, rows);
    List<String> wanted =
        arguments.length > 2
            ? Arrays.asList(arguments).subList(2, arguments.length)
            : List.copyOf(report.parts().keySet());
    Markdown out = new Markdown(System.out);
    for (String name : wanted) {
      Part part = report.parts().get(name);
      if (part == null) {
        throw new IllegalArgumentException(
            "no part is called " + name + "; there are " + report.parts().keySet());
      }
      part.print(out);
    }
  }

  private Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("build", this::build);
    parts.put("growth", out -> new Growth(files(), true).print(out));
    parts.put("cold", out -> new Growth(files(), false).print(out));
    parts.put("statistics", out -> new StatisticsCost(files()).print(out));
    parts.put("retention", out -> new Retention(largest()).print(out));
    parts.put("throughput", out -> new Throughput(directory).print(out));
    parts.put("processes", out -> new Processes(directory).print(out));
    parts.put("remove", out -> remove());
    return parts;
  }

  private void build(Markdown out) throws Exception {
    out.title("Size");
    out.head(
        "rows and keys",
        "rows, MB per million",
        "keys, MB per million",
        "statistics, MB",
        "roll-up, us per row");
    for (Map.Entry<Integer, Path> each : files().entrySet()) {
      int rows = each.getKey();
      long rollUp = new Filler(each.getValue()).fill(rows);
      if (rows > 0) {
        out.row(
            Markdown.count(rows),
            Markdown.number(megabytes(each.getValue(), "hook_logs") * 1e6 / rows),
            Markdown.number(megabytes(each.getValue(), "dedupe_keys") * 1e6 / rows),
            Markdown.number(megabytes(each.getValue(), "hook_metrics")),
            Markdown.number(rollUp / 1e3 / rows));
      }
    }
  }

  private static double megabytes(Path file, String table) throws Exception {
    return Filler.number(
            file, "SELECT ifnull(sum(pgsize), 0) FROM dbstat WHERE name = '" + table + "'")
        / 1e6;
  }

  private Map<Integer, Path> files() {
    Map<Integer, Path> files = new LinkedHashMap<>();
    for (int rows : sizes) {
      files.put(rows, directory.resolve("rows-" + rows + ".db"));
    }
    return files;
  }

  private Path largest() {
    return new ArrayList<>(files().values()).get(sizes.size() - 1);
  }

  private void remove() throws IOException {
    removeAll(directory);
  }

  static void removeAll(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
