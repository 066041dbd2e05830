package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.metrics.Health;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports calls, failures and percentiles per hook. */
@Command(
    name = "metrics",
    description = {
      "Shows calls, failures and latency percentiles of every hook.",
      "Percentiles and the success rate are of bodies that ran; skipped duplicates count apart."
    })
final class MetricsCommand extends StoreCommand {

  @Parameters(
      paramLabel = "HOURS",
      arity = "0..1",
      defaultValue = "24",
      converter = WholeNumber.Hours.class,
      description = "How far to look back; ${DEFAULT-VALUE} by default.")
  private int hours;

  @Option(names = "--hook", paramLabel = "HOOK", description = "Only this hook.")
  private @Nullable String hook;

  @Option(names = "--json", description = "Print a JSON object with a member for each hook.")
  private boolean json;

  @Option(
      names = "--check",
      description =
          "Exit with 3 if a hook breaks a limit: P50 5 ms, P95 15 ms, P99 50 ms, 1 %% failures.")
  private boolean check;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    StoreAdmin admin = store.admin();
    List<HookStats> stats = admin.stats(Instant.now().minus(Duration.ofHours(hours)), hook);
    if (json) {
      Json.printPretty(out(), generator -> writeJson(generator, stats));
    } else if (stats.isEmpty()) {
      out().println("No calls in the last " + Text.count(hours, "hour") + ".");
    } else {
      printTable(stats);
    }
    return check ? checkLimits(stats) : ExitCode.OK;
  }

  private int checkLimits(List<HookStats> stats) {
    List<String> findings =
        stats.stream().flatMap(hookStats -> Health.of(hookStats).findings().stream()).toList();
    findings.forEach(err()::println);
    return findings.isEmpty() ? ExitCode.OK : ExitCode.LIMIT_BROKEN;
  }

  private void printTable(List<HookStats> stats) {
    Table table =
        new Table()
            .elastic("hook")
            .number("calls")
            .number("ok")
            .number("errors")
            .number("dupes")
            .number("success")
            .number("avg ms")
            .number("P50 ms")
            .number("P95 ms")
            .number("P99 ms")
            .number("overhead ms")
            .number("bytes");
    for (HookStats one : stats) {
      table.row(
          one.hook(),
          Text.count(one.totalCalls()),
          Text.count(one.successes()),
          Text.count(one.failures()),
          Text.count(one.dedupeHits()),
          Text.percent(one.successRate()),
          Text.millis(one.averageMillis()),
          Text.millis(one.percentileMillis(0.50)),
          Text.millis(one.percentileMillis(0.95)),
          Text.millis(one.percentileMillis(0.99)),
          Text.millis(one.averageOverheadMillis()),
          Text.bytes(one.totalPayloadBytes()));
    }
    table.print(out());
  }

  private static void writeJson(JsonGenerator json, List<HookStats> stats) throws IOException {
    json.writeStartObject();
    for (HookStats one : stats) {
      json.writeObjectFieldStart(one.hook());
      json.writeNumberField("total_calls", one.totalCalls());
      json.writeNumberField("successes", one.successes());
      json.writeNumberField("failures", one.failures());
      json.writeNumberField("dedupe_hits", one.dedupeHits());
      json.writeNumberField("degraded", one.degraded());
      json.writeNumberField("avg_duration_ms", Json.rounded(one.averageMillis()));
      json.writeNumberField("avg_overhead_ms", Json.rounded(one.averageOverheadMillis()));
      json.writeNumberField("total_bytes", one.totalPayloadBytes());
      json.writeNumberField("success_rate", one.successRate());
      json.writeNumberField("p50_ms", Json.rounded(one.percentileMillis(0.50)));
      json.writeNumberField("p95_ms", Json.rounded(one.percentileMillis(0.95)));
      json.writeNumberField("p99_ms", Json.rounded(one.percentileMillis(0.99)));
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
