package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pauses delivery to a sink, in every process, until it is resumed. */
@Command(
    name = "pause",
    description = "Pauses delivery to a sink, in every process, until it is resumed.")
final class SinksPauseCommand extends OutboxCommand {

  @Parameters(paramLabel = "SINK", description = "The sink, as 'hookbus sinks list' shows it.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private String sink;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    if (!store.outbox().pause(sink, true, patience())) {
      return unknown(store, sink);
    }
    out().println("Paused " + sink + ".");
    return ExitCode.OK;
  }
}
