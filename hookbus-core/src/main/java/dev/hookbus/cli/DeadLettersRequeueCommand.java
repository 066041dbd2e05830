package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends dead letters of a sink again, behind what is in the outbox. */
@Command(
    name = "requeue",
    description = "Sends dead letters of a sink again, behind what is in the outbox.")
final class DeadLettersRequeueCommand extends OutboxCommand {

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ChosenLetters letters;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    int count = store.outbox().requeue(letters.sink(), letters.ids(), patience());
    out().println("Requeued " + Text.count(count, "letter") + ".");
    return ExitCode.OK;
  }
}
