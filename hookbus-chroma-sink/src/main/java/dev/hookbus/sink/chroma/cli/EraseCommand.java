package dev.hookbus.sink.chroma.cli;

import dev.hookbus.sink.chroma.ChromaEvents;
import dev.hookbus.sink.chroma.EraseReport;
import dev.hookbus.sink.chroma.EraseScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes records from Chroma. */
@Command(
    name = "erase",
    description = {
      "Deletes a session, a run, or what is too old, from all collections in Chroma.",
      "The server's files keep traces of deleted records, and events still in an outbox come again."
    })
final class EraseCommand extends ChromaCommand {
  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Scope scope;

  @Option(names = "--dry-run", description = "Only say how many records there are.")
  private boolean dryRun;

  /** Exactly one of these. */
  static final class Scope {
    @Option(names = "--session", paramLabel = "ID", description = "This session.")
    private @Nullable String session;

    @Option(names = "--run", paramLabel = "ID", description = "This run.")
    private @Nullable String run;

    @Option(
        names = "--expired",
        description = "What is older than 90 days, and artifacts older than 365.")
    private boolean expired;
  }

  @Override
  void run(ChromaEvents events) {
    EraseReport report = dryRun ? events.wouldErase(scope()) : events.erase(scope());
    report
        .records()
        .forEach(
            (collection, count) ->
                out()
                    .println(
                        String.format(Locale.ROOT, "%8d  %s", count, collection.defaultName())));
    out()
        .println(
            String.format(
                Locale.ROOT, "%8d  %s", report.total(), dryRun ? "would be erased" : "erased"));
  }

  private EraseScope scope() {
    if (scope.session != null) {
      return EraseScope.session(scope.session);
    }
    if (scope.run != null) {
      return EraseScope.run(scope.run);
    }
    if (!scope.expired) {
      throw mistake("--expired takes no value");
    }
    Duration events = EraseScope.EVENTS_AGE;
    return EraseScope.olderThan(Instant.now(), events, EraseScope.ARTIFACTS_AGE);
  }
}
