package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends dead letters of a sink again, behind what is in the outbox. */
@Command(
    name = "requeue",
    description = "Sends dead letters of a sink again, behind what is in the outbox.")
final class DeadLettersRequeueCommand extends OutboxCommand {

  @Parameters(index = "0", paramLabel = "SINK", description = "The sink that refused them.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private String sink;

  @Parameters(
      index = "1..*",
      paramLabel = "ID",
      description = "Which letters, as 'hookbus dead-letters list' shows them; all by default.")
  private List<Long> ids = List.of();

  @Override
  int run(Store store, Settings settings) throws StoreException {
    int letters = store.outbox().requeue(sink, ids.isEmpty() ? null : ids, patience());
    out().println("Requeued " + Text.count(letters, "letter") + ".");
    return ExitCode.OK;
  }
}
