package dev.hookbus.cli;

import dev.hookbus.config.Flag;
import dev.hookbus.config.KillSwitch;
import dev.hookbus.sink.SinkStatus;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import dev.hookbus.store.StoreStatus;
import dev.hookbus.store.StoreUrl;
import dev.hookbus.store.WaitingStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Says whether HookBus is on, how it is set up, and whether its database is in order. */
@Command(
    name = "status",
    description = {
      "Shows whether HookBus is on, its flags and its database.",
      "Makes no database: one that no hook has made yet is no error."
    })
final class StatusCommand extends CliCommand {

  @Override
  public Integer call() {
    Settings settings = settings();
    line("HookBus", switchState(settings));
    line("Database", settings.database().toString());
    int exitCode = describe(settings);
    out().println();
    new FlagReport(settings).print(out());
    return exitCode;
  }

  private static String switchState(Settings settings) {
    if (!settings.config().enabled()) {
      return "off; HOOKBUS_ENABLED=1 switches it on";
    }
    if (!new KillSwitch(settings.database()).getAsBoolean()) {
      Path off = settings.database().resolveSibling(KillSwitch.FILE_NAME);
      return Files.exists(off)
          ? "off; remove " + off + " to switch it on"
          : "off; stopped by the system property " + Flag.HOOKBUS_ENABLED.propertyName();
    }
    return "on";
  }

  private int describe(Settings settings) {
    DatabaseFile file = new DatabaseFile(settings.database());
    StoreUrl shared = settings.sharedStore();
    if (shared == null) {
      return describeFile(file);
    }
    line("Shared", shared.toString());
    try (Store store = settings.openSharedStore()) {
      int exitCode = describeServer(store);
      if (file.exists()) {
        describeWaiting(store);
      }
      return exitCode;
    }
  }

  private int describeServer(Store store) {
    try {
      describeContent(store);
      return ExitCode.OK;
    } catch (StoreException e) {
      line("Store", "unusable; " + e.getMessage());
      return ExitCode.NO_DATABASE;
    }
  }

  /** What lies on this machine: records for the server, events for sinks. */
  private void describeWaiting(Store store) {
    try {
      WaitingStatus waiting = store.admin().waiting();
      line("Waiting", Text.count(waiting.records(), "record") + " for the shared store");
      if (waiting.droppedRecords() > 0) {
        line("Dropped", dropped(waiting));
      }
      describeSinks(store);
    } catch (StoreException e) {
      line("Waiting", "unknown; " + e.getMessage());
    }
  }

  private static String dropped(WaitingStatus waiting) {
    String reasons =
        new TreeMap<>(waiting.dropped())
            .entrySet().stream()
                .map(each -> each.getKey() + " " + Text.count(each.getValue()))
                .collect(Collectors.joining(", "));
    return Text.count(waiting.droppedRecords(), "record")
        + " that waited in vain ("
        + reasons
        + "), "
        + Text.count(waiting.droppedOutcomes())
        + " of them with the outcome of a claimed key";
  }

  private void describeContent(Store store) throws StoreException {
    StoreStatus status = store.admin().status();
    line("Store", "usable; " + status.engine() + ", schema " + status.schemaVersion());
    line(
        "Content",
        Text.bytes(status.bytes())
            + ", "
            + Text.count(status.logRows(), "log row")
            + ", "
            + Text.count(status.keys(), "key"));
  }

  private void describeSinks(Store store) throws StoreException {
    for (SinkStatus sink : SinksListCommand.sinks(store)) {
      line("Sink", SinksListCommand.sentence(sink));
    }
  }

  private int describeFile(DatabaseFile database) {
    if (!database.exists()) {
      line("Store", "not made yet; the first guarded call makes it");
      return ExitCode.OK;
    }
    try (Store store = database.open()) {
      describeContent(store);
      describeSinks(store);
      return ExitCode.OK;
    } catch (StoreException e) {
      line("Store", "unusable; " + e.getMessage());
      return ExitCode.NO_DATABASE;
    }
  }

  private void line(String title, String text) {
    out().println(String.format("%-10s%s", title, text));
  }
}
