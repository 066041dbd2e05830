package dev.hookbus.cli;

import dev.hookbus.Drainer;
import dev.hookbus.sink.DrainOutcome;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.store.OutboxStatus;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Delivers what waits in the outbox. */
@Command(
    name = "drain",
    description = {
      "Delivers what waits in the outbox to the sinks that HOOKBUS_SINKS names, and ends.",
      "Hooks start it by themselves; by hand it shows what stands in the way."
    })
final class DrainCommand extends CliCommand {

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = WholeNumber.Seconds.class,
      description = "How long to wait for a receiver that is away; ${DEFAULT-VALUE} by default.")
  private int patienceSeconds;

  @Override
  public Integer call() throws StoreException {
    Settings settings = settings();
    if (settings.config().sinks().isEmpty()) {
      err().println("hookbus: there is nobody to deliver to; HOOKBUS_SINKS names sinks");
      return ExitCode.FAILURE;
    }
    DatabaseFile file = new DatabaseFile(settings.database());
    file.open().close();
    try {
      DrainOutcome outcome =
          Drainer.drain(
              settings.config(),
              settings.database(),
              ProcessHandle.current().pid(),
              Duration.ZERO,
              Duration.ofSeconds(patienceSeconds));
      String paused = outcome == DrainOutcome.IDLE ? paused(file, settings) : "";
      if (!paused.isEmpty()) {
        out().println("What is left is held up by 'hookbus sinks pause': " + paused + ".");
        return ExitCode.FAILURE;
      }
      out().println(sentence(outcome));
      return outcome == DrainOutcome.IDLE ? ExitCode.OK : ExitCode.FAILURE;
    } catch (SinkConfigurationException e) {
      err().println("hookbus: " + e.getMessage());
      return ExitCode.FAILURE;
    }
  }

  /** The names of the sinks that something waits for, and that are paused. */
  private static String paused(DatabaseFile file, Settings settings) throws StoreException {
    try (Store store = file.open()) {
      return store.outbox().status(StoreCommand.patience()).stream()
          .filter(sink -> sink.paused() && sink.backlog() > 0)
          .map(OutboxStatus::sink)
          .filter(settings.config().sinks()::contains)
          .collect(Collectors.joining(", "));
    }
  }

  private static String sentence(DrainOutcome outcome) {
    return switch (outcome) {
      case IDLE -> "Nothing is left; 'hookbus sinks list' shows what became of it.";
      case WAITING -> "What is left waits for a receiver that is away; see 'hookbus sinks list'.";
      case BUSY -> "Another process delivers on this machine.";
      case STORE_UNAVAILABLE -> "The database can't be used; see 'hookbus status'.";
      case CLOSED -> "Interrupted.";
    };
  }
}
