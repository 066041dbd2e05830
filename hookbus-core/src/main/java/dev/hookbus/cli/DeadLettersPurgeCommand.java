package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes dead letters of a sink for good; they count as dropped. */
@Command(
    name = "purge",
    description = "Deletes dead letters of a sink for good; they count as dropped.")
final class DeadLettersPurgeCommand extends OutboxCommand {

  @Parameters(index = "0", paramLabel = "SINK", description = "The sink that refused them.")
  @SuppressWarnings("NullAway.Init") // picocli insists on it
  private String sink;

  @Parameters(
      index = "1..*",
      paramLabel = "ID",
      description = "Which letters, as 'hookbus dead-letters list' shows them; all by default.")
  private List<Long> ids = List.of();

  @Option(names = "--yes", description = "Do it. Without this option nothing is changed.")
  private boolean confirmed;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    if (!confirmed) {
      err().println("hookbus: purged letters can't be sent any more; add --yes to do it");
      return ExitCode.FAILURE;
    }
    int letters = store.outbox().purge(sink, ids.isEmpty() ? null : ids, patience());
    out().println("Purged " + Text.count(letters, "letter") + ".");
    return ExitCode.OK;
  }
}
