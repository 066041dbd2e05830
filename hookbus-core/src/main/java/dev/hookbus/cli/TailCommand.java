package dev.hookbus.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookbus.store.LogEntry;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the newest log entries, and new ones as they come. */
@Command(
    name = "tail",
    description = "Shows the newest calls, the last one at the end. Times are UTC.")
final class TailCommand extends StoreCommand {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MOST_PER_POLL = 100_000;
  private static final int ERROR_WIDTH = 96;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "20",
      converter = WholeNumber.Lines.class,
      description = "How many calls; ${DEFAULT-VALUE} by default.")
  private int lines;

  @Option(names = "--hook", paramLabel = "HOOK", description = "Only this hook.")
  private @Nullable String hook;

  @Option(
      names = "--json",
      description = "Print a JSON object per line, with the names of the hook_logs columns.")
  private boolean json;

  @Option(
      names = {"-f", "--follow"},
      description = "Keep printing new calls until interrupted.")
  private boolean follow;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    StoreAdmin admin = store.admin();
    long last = print(admin.tail(0, hook, lines), 0);
    // Printing fails when the reader has gone, as in: hookbus tail -f | head
    while (follow && !out().checkError() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, POLL_NANOS);
      last = print(admin.tail(last, hook, MOST_PER_POLL), last);
    }
    return ExitCode.OK;
  }

  /** Prints entries and gives the last one's ID, or else {@code before}. */
  private long print(List<LogEntry> entries, long before) {
    long last = before;
    for (LogEntry entry : entries) {
      if (json) {
        Json.printLine(out(), generator -> writeJson(generator, entry));
      } else {
        printText(entry);
      }
      last = entry.id();
    }
    return last;
  }

  private void printText(LogEntry entry) {
    String tool = entry.tool();
    out()
        .println(
            String.format(
                Locale.ROOT,
                "%s  %-11s %9s ms  %s  %s  %s%s%s",
                Text.time(entry.createdAt()),
                entry.status(),
                Text.millis(entry.durationMillis()),
                entry.correlationId(),
                Text.oneLine(entry.hook()),
                Text.oneLine(entry.event()),
                tool == null ? "" : " " + Text.oneLine(tool),
                entry.degraded() ? "  (degraded)" : ""));
    String error = entry.error();
    if (error != null) {
      out().println("    " + Text.cut(Text.oneLine(error), ERROR_WIDTH));
    }
  }

  private static void writeJson(JsonGenerator json, LogEntry entry) throws IOException {
    json.writeStartObject();
    json.writeNumberField("log_id", entry.id());
    json.writeStringField("created_at", entry.createdAt().toString());
    json.writeStringField("correlation_id", entry.correlationId());
    json.writeStringField("run_id", entry.runId());
    json.writeStringField("session_id", entry.sessionId());
    json.writeStringField("hook_name", entry.hook());
    json.writeStringField("event_type", entry.event());
    json.writeStringField("tool_name", entry.tool());
    json.writeStringField("status", entry.status());
    json.writeNumberField("duration_ms", entry.durationMillis());
    json.writeNumberField("overhead_ms", entry.overheadMillis());
    json.writeNumberField("payload_bytes", entry.payloadBytes());
    json.writeBooleanField("degraded", entry.degraded());
    json.writeStringField("error", entry.error());
    json.writeEndObject();
  }
}
