package dev.hookbus.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A fleet that shares a PostgreSQL server: so many machines, each with a home and a connection of
 * its own, played by a few processes; beside one machine that calls while the others are silent.
 * Every call claims a new key and records what became of it.
 *
 * <pre>java -cp examples/benchmarks/target/hookbus-benchmarks-*-all.jar \
 *   dev.hookbus.benchmarks.scale.FleetReport [machines...]</pre>
 *
 * Server and machines share one computer, so what the server takes of its processors is the figure
 * that travels.
 */
public final class FleetReport {

  private static final int PROCESSES = 4;
  private static final Duration PACE = Duration.ofSeconds(5);
  private static final Duration PACE_ALONE = Duration.ofMillis(20);
  private static final Duration PACED_TIME = Duration.ofSeconds(10);
  private static final Duration TIME = Duration.ofSeconds(6);

  private final BenchmarkServer server;
  private final Markdown out = new Markdown(System.out);
  private final Machines alone;
  private final List<Machines> fleet;

  private FleetReport(BenchmarkServer server, Machines alone, List<Machines> fleet) {
    this.server = server;
    this.alone = alone;
    this.fleet = fleet;
  }

  /** Runs fleets of the sizes named, or of 50, 200 and 1,000 machines. */
  public static void main(String[] arguments) throws Exception {
    List<Integer> sizes =
        arguments.length == 0
            ? List.of(50, 200, 1_000)
            : Arrays.stream(arguments).map(Integer::valueOf).toList();
    Path directory = Files.createTempDirectory("hookbus-fleet");
    List<Machines> processes = new ArrayList<>();
    try (BenchmarkServer server = new BenchmarkServer(sizes.get(sizes.size() - 1) + 50)) {
      String url = server.url("fleet");
      for (int i = 0; i <= PROCESSES; i++) {
        processes.add(Machines.start(url, directory.resolve("process-" + i)));
      }
      Machines alone = processes.get(PROCESSES);
      alone.tell("grow 1");
      alone.await();
      new FleetReport(server, alone, processes.subList(0, PROCESSES)).run(sizes);
    } finally {
      for (Machines each : processes) {
        each.close();
      }
      ScaleReport.removeAll(directory);
    }
  }

  private void run(List<Integer> sizes) throws Exception {
    out.head(
        "machines",
        "each calls",
        "connections",
        "calls/s",
        "claim P50, ms",
        "claim P99, ms",
        "record P50, ms",
        "server's processor, us a call",
        "write-ahead log, KB a call",
        "refused");
    measure("1", List.of(alone), Duration.ZERO, TIME); // both sides warm up
    for (int size : sizes) {
      grow(size);
      measure("1 of " + size, List.of(alone), PACE_ALONE, TIME);
      measure(Markdown.count(size), fleet, PACE, PACED_TIME);
      measure("1 of " + size, List.of(alone), Duration.ZERO, TIME);
      measure(Markdown.count(size), fleet, Duration.ZERO, TIME);
    }
    sizes();
  }

  private void grow(int size) throws IOException {
    for (int i = 0; i < PROCESSES; i++) {
      fleet.get(i).tell("grow " + (size + i) / PROCESSES);
    }
    for (Machines each : fleet) {
      each.await();
    }
  }

  private void measure(String name, List<Machines> machines, Duration pause, Duration time)
      throws Exception {
    long logBefore = server.logBytes();
    Duration usedBefore = server.processorTime();
    long start = System.nanoTime();
    Machines.Phase phase = Machines.run(machines, pause, time);
    double seconds = (System.nanoTime() - start) / 1e9;
    double used = server.processorTime().minus(usedBefore).toNanos() / 1e3;
    int calls = phase.claims().count();
    out.row(
        name,
        pause.isZero() ? "without a pause" : "every " + pause.toMillis() / 1000.0 + " s",
        server.connections(),
        Markdown.number(calls / seconds),
        Markdown.millis(phase.claims().median()),
        Markdown.millis(phase.claims().percentile(0.99)),
        Markdown.millis(phase.records().median()),
        Markdown.number(used / calls),
        Markdown.number((server.logBytes() - logBefore) / 1e3 / calls),
        phase.refused());
    if (!phase.problems().isEmpty()) {
      out.text(phase.problems());
    }
  }

  private void sizes() throws SQLException {
    server.change("VACUUM ANALYZE fleet.hook_logs, fleet.dedupe_keys");
    out.title("What lies on the server");
    out.head("table", "rows", "MB per million rows", "of that indexes");
    for (String table : List.of("hook_logs", "dedupe_keys")) {
      String name = "fleet." + table;
      long rows = server.number("SELECT count(*) FROM " + name);
      out.row(
          "`" + table + "`",
          Markdown.count(rows),
          Markdown.number(bytes("pg_total_relation_size", name) / (double) rows),
          Markdown.number(bytes("pg_indexes_size", name) / (double) rows));
    }
  }

  /** Bytes, and so megabytes of a million rows when divided by rows. */
  private long bytes(String function, String table) throws SQLException {
    return server.number("SELECT " + function + "('" + table + "')");
  }
}
