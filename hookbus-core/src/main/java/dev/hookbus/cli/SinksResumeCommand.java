package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Resumes delivery to a sink. */
@Command(name = "resume", description = "Resumes delivery to a sink.")
final class SinksResumeCommand extends OutboxCommand {

  @Parameters(paramLabel = "SINK", description = "The sink, as 'hookbus sinks list' shows it.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private String sink;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    if (!store.outbox().pause(sink, false, patience())) {
      return unknown(store, sink);
    }
    out().println("Resumed " + sink + ".");
    return ExitCode.OK;
  }
}
