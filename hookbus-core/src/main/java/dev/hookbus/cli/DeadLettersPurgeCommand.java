package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes dead letters of a sink for good; they count as dropped. */
@Command(
    name = "purge",
    description = "Deletes dead letters of a sink for good; they count as dropped.")
final class DeadLettersPurgeCommand extends OutboxCommand {

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ChosenLetters letters;

  @Option(names = "--yes", description = "Do it. Without this option nothing is changed.")
  private boolean confirmed;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    if (!confirmed) {
      err().println("hookbus: purged letters can't be sent any more; add --yes to do it");
      return ExitCode.FAILURE;
    }
    int count = store.outbox().purge(letters.sink(), letters.ids(), patience());
    out().println("Purged " + Text.count(count, "letter") + ".");
    return ExitCode.OK;
  }
}
