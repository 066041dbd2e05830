package dev.hookbus.cli;

import dev.hookbus.Drainer;
import dev.hookbus.sink.DrainOutcome;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.store.StoreException;
import java.time.Duration;
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
      description = "How long to wait for a receiver that is away; ${DEFAULT-VALUE} by default.")
  private long patienceSeconds;

  @Override
  public Integer call() throws StoreException {
    Settings settings = settings();
    if (settings.config().sinks().isEmpty()) {
      err().println("hookbus: there is nobody to deliver to; HOOKBUS_SINKS names sinks");
      return ExitCode.FAILURE;
    }
    new DatabaseFile(settings.database()).open().close();
    try {
      DrainOutcome outcome =
          Drainer.drain(
              settings.config(),
              settings.database(),
              ProcessHandle.current().pid(),
              Duration.ZERO,
              Duration.ofSeconds(patienceSeconds));
      out().println(sentence(outcome));
      return outcome == DrainOutcome.IDLE ? ExitCode.OK : ExitCode.FAILURE;
    } catch (SinkConfigurationException e) {
      err().println("hookbus: " + e.getMessage());
      return ExitCode.FAILURE;
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
