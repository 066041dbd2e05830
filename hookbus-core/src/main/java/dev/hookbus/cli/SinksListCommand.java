package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.sink.CircuitBreaker;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.SinkStatus;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the sinks that events wait for. */
@Command(name = "list", description = "Lists the sinks, and what waits for each of them.")
final class SinksListCommand extends OutboxCommand {

  private static final String NONE = "-";

  @Option(names = "--json", description = "Print a JSON object per line.")
  private boolean json;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    List<SinkStatus> sinks = sinks(store);
    if (json) {
      sinks.forEach(sink -> Json.printLine(out(), generator -> writeJson(generator, sink)));
    } else if (sinks.isEmpty()) {
      out().println("No sink is known; HOOKBUS_SINKS names them.");
    } else {
      printTable(sinks);
    }
    return ExitCode.OK;
  }

  /** How every sink is doing, whoever delivers to it. */
  static List<SinkStatus> sinks(Store store) throws StoreException {
    try (Dispatcher dispatcher = Dispatcher.builder(store.outbox()).build()) {
      return dispatcher.status();
    }
  }

  /** The most important in a line. */
  static String sentence(SinkStatus sink) {
    StringBuilder text = new StringBuilder(sink.sink()).append(": ").append(state(sink));
    text.append(", backlog ").append(Text.count(sink.backlog()));
    if (sink.oldestAge() != null) {
      text.append(" (oldest ").append(Text.span(sink.oldestAge())).append(')');
    }
    text.append(", delivered ").append(Text.count(sink.delivered()));
    text.append(" (").append(rate(sink)).append("/s)");
    text.append(", dead ").append(Text.count(sink.deadLetters()));
    if (sink.lastError() != null) {
      text.append("; last error: ").append(Text.oneLine(sink.lastError()));
    }
    return text.toString();
  }

  private void printTable(List<SinkStatus> sinks) {
    Table table =
        new Table()
            .text("sink")
            .text("state")
            .number("backlog")
            .number("oldest")
            .number("delivered")
            .number("per s")
            .number("dead")
            .number("dropped")
            .text("last success (UTC)")
            .elastic("last error");
    for (SinkStatus sink : sinks) {
      table.row(
          sink.sink(),
          state(sink),
          Text.count(sink.backlog()),
          orNone(sink.oldestAge()),
          Text.count(sink.delivered()),
          rate(sink),
          Text.count(sink.deadLetters()),
          Text.count(dropped(sink)),
          sink.lastSuccess() == null ? NONE : Text.time(sink.lastSuccess()),
          sink.lastError() == null ? NONE : Text.oneLine(sink.lastError()));
    }
    table.print(out());
  }

  private static String state(SinkStatus sink) {
    if (sink.paused()) {
      return "paused";
    }
    if (sink.breaker().state() != CircuitBreaker.State.CLOSED) {
      return "breaker " + sink.breaker().state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
    return sink.delivering() ? "delivering" : sink.backlog() == 0 ? "idle" : "waiting";
  }

  private static String rate(SinkStatus sink) {
    return String.format(Locale.ROOT, "%.1f", sink.rate());
  }

  private static long dropped(SinkStatus sink) {
    return sink.dropped().values().stream().mapToLong(Long::longValue).sum();
  }

  private static String orNone(@Nullable Duration duration) {
    return duration == null ? NONE : Text.span(duration);
  }

  private static void writeJson(JsonGenerator json, SinkStatus sink) throws IOException {
    json.writeStartObject();
    json.writeStringField("sink", sink.sink());
    json.writeStringField("state", state(sink));
    json.writeNumberField("backlog", sink.backlog());
    if (sink.oldestAge() != null) {
      json.writeNumberField("oldest_age_seconds", sink.oldestAge().toSeconds());
    }
    json.writeNumberField("delivered", sink.delivered());
    json.writeNumberField("delivered_per_second", sink.rate());
    json.writeNumberField("dead_letters", sink.deadLetters());
    json.writeObjectFieldStart("dropped");
    for (var drops : sink.dropped().entrySet()) {
      json.writeNumberField(drops.getKey(), drops.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("attempts", sink.attempts());
    writeTime(json, "last_success", sink.lastSuccess());
    writeTime(json, "last_failure", sink.lastFailure());
    writeTime(json, "next_attempt", sink.nextAttempt());
    if (sink.lastError() != null) {
      json.writeStringField("last_error", sink.lastError());
    }
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    if (time != null) {
      json.writeStringField(name, time.toString());
    }
  }
}
