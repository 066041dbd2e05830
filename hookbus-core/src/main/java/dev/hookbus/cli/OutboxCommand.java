package dev.hookbus.cli;

import dev.hookbus.store.OutboxStatus;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.util.stream.Collectors;

/** A command on what waits for sinks, which always lies in this machine's file. */
abstract class OutboxCommand extends StoreCommand {

  @Override
  final Store open(Settings settings) throws StoreException {
    return new DatabaseFile(settings.database()).open();
  }

  /** Says that there is no such sink, and which there are. */
  final int unknown(Store store, String sink) throws StoreException {
    String known =
        store.outbox().status(patience()).stream()
            .map(OutboxStatus::sink)
            .collect(Collectors.joining(", "));
    err()
        .println(
            "hookbus: no sink '"
                + sink
                + "' is known; "
                + (known.isEmpty() ? "HOOKBUS_SINKS names them" : "there are " + known));
    return ExitCode.FAILURE;
  }
}
