package dev.hookbus.cli;

import dev.hookbus.store.PostgresSettings;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import dev.hookbus.store.StoreUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what makes a shared store's tables, or checks that they are there. */
@Command(
    name = "schema",
    description = {
      "Prints the SQL that makes a shared store's tables, for those who make tables themselves.",
      "HookBus makes missing tables at its first use where its user may."
    })
final class StateSchemaCommand extends CliCommand {

  @Option(
      names = "--check",
      description =
          "Print nothing and change nothing: only check the tables of HOOKBUS_STORE_URL; exit with"
              + " 4 if they are not in order.")
  private boolean check;

  @Override
  public Integer call() throws StoreException {
    if (!check) {
      out().print(Store.sharedSchema());
      return ExitCode.OK;
    }
    Settings settings = settings();
    StoreUrl url = settings.sharedStore();
    if (url == null) {
      err().println("hookbus: there is no shared store; HOOKBUS_STORE_URL names one");
      return ExitCode.FAILURE;
    }
    try (Store store =
        Store.shared(
            new PostgresSettings(url, 1, false, () -> 0),
            SqliteSettings.of(settings.database()),
            away -> {},
            dropped -> {})) {
      int version = store.admin().status().schemaVersion();
      out().println("The tables of " + url + " are in order, schema " + version + ".");
      return ExitCode.OK;
    }
  }
}
