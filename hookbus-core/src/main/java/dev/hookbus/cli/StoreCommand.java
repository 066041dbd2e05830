package dev.hookbus.cli;

import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;

/** A command that works on a database that must be there. */
abstract class StoreCommand extends CliCommand {

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int run(StoreAdmin admin, Settings settings) throws StoreException;

  @Override
  public final Integer call() throws StoreException {
    Settings settings = settings();
    settings.problems().forEach(problem -> err().println("hookbus: warning: " + problem));
    try (Store store = new DatabaseFile(settings.database()).open()) {
      return run(store.admin(), settings);
    }
  }
}
