package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;

/** A command on what waits for sinks, which always lies in this machine's file. */
abstract class OutboxCommand extends StoreCommand {

  @Override
  final Store open(Settings settings) throws StoreException {
    return new DatabaseFile(settings.database()).open();
  }
}
