package dev.hookbus.cli;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.time.Duration;

/** A command that works on the store in effect, which must be there. */
abstract class StoreCommand extends CliCommand {

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int run(Store store, Settings settings) throws StoreException;

  /** The store this command works on. */
  Store open(Settings settings) throws StoreException {
    return settings.sharedStore() == null
        ? new DatabaseFile(settings.database()).open()
        : settings.openSharedStore();
  }

  /** People can wait longer than hooks. */
  static Budget patience() {
    return Budget.of(Duration.ofSeconds(5));
  }

  @Override
  public final Integer call() throws StoreException {
    Settings settings = settings();
    settings.problems().forEach(problem -> err().println("hookbus: warning: " + problem));
    try (Store store = open(settings)) {
      return run(store, settings);
    }
  }
}
