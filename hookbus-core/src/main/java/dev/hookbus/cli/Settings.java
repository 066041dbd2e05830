package dev.hookbus.cli;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.store.PostgresSettings;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreUrl;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings a command works under.
 *
 * @param config the flags
 * @param database the database file, absolute
 * @param databaseByOption whether the command line named it
 * @param problems a line for each flag that can't be used
 */
record Settings(
    HookBusConfig config, Path database, boolean databaseByOption, List<String> problems) {

  Settings {
    problems = List.copyOf(problems);
  }

  /** The store shared with other machines; null where there is none, or a file was named. */
  @Nullable StoreUrl sharedStore() {
    return databaseByOption ? null : config.storeUrl();
  }

  /**
   * Opens the shared store.
   *
   * @throws IllegalStateException if there is none
   */
  Store openSharedStore() {
    StoreUrl url = sharedStore();
    if (url == null) {
      throw new IllegalStateException("no shared store");
    }
    return Store.shared(
        PostgresSettings.of(url), SqliteSettings.of(database), away -> {}, dropped -> {});
  }
}
