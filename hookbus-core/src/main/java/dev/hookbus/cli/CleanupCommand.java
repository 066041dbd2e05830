package dev.hookbus.cli;

import dev.hookbus.store.CleanupReport;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what is too old, at once instead of in the course of time. */
@Command(
    name = "cleanup",
    description = {
      "Removes old log rows and expired keys, in small batches that stall no hook.",
      "The statistics of removed log rows stay, in coarser steps."
    })
final class CleanupCommand extends StoreCommand {

  private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = WholeNumber.Days.class,
      description = "Days log rows stay, in place of HOOKBUS_RETENTION_DAYS.")
  private @Nullable Integer days;

  @Override
  int run(Store store, Settings settings) throws StoreException {
    StoreAdmin admin = store.admin();
    Duration retention = days == null ? settings.config().retention() : Duration.ofDays(days);
    CleanupReport report = admin.cleanup(retention, TIME_LIMIT);
    out()
        .println(
            "Removed "
                + Text.count(report.logRows(), "log row")
                + " older than "
                + Text.count(retention.toDays(), "day")
                + ", "
                + Text.count(report.keys(), "expired key")
                + " and "
                + Text.count(report.statisticRows(), "outdated statistics row")
                + ".");
    if (!report.complete()) {
      out().println("More is left; run it again.");
    }
    return ExitCode.OK;
  }
}
