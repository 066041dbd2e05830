package dev.hookbus.cli;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.time.Duration;

/** A command that works on a database that must be there. */
abstract class StoreCommand extends CliCommand {

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int run(Store store, Settings settings) throws StoreException;

  /** People can wait longer than hooks. */
  static Budget patience() {
    return Budget.of(Duration.ofSeconds(5));
  }

  @Override
  public final Integer call() throws StoreException {
    Settings settings = settings();
    settings.problems().forEach(problem -> err().println("hookbus: warning: " + problem));
    try (Store store = new DatabaseFile(settings.database()).open()) {
      return run(store, settings);
    }
  }
}
