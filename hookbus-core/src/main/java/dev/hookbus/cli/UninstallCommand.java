package dev.hookbus.cli;

import dev.hookbus.install.InstallPlan;
import dev.hookbus.install.Installer;
import dev.hookbus.resident.Resident;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes hooks away from this machine. */
@Command(
    name = "uninstall",
    description = {
      "Takes away what 'hookbus install' has made.",
      "The host's settings become what they were. Records, events and the database stay."
    })
final class UninstallCommand extends CliCommand {

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private InstallPlace place;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    InstallPlan plan = Installer.uninstall(place.directory());
    plan.files().forEach(file -> out().println("remove " + file));
    out().println((plan.settingsDiff().isEmpty() ? "as is  " : "edit   ") + plan.settings());
    out().print(plan.settingsDiff());
    if (dryRun) {
      out().println("Nothing was changed.");
      return ExitCode.OK;
    }
    plan.apply();
    // It may hold classes of what is gone; other installations start it again.
    boolean stopped = stopResidents();
    out().println("Uninstalled.");
    return stopped ? ExitCode.OK : ExitCode.FAILURE;
  }

  private boolean stopResidents() {
    try {
      List<Resident> all = Resident.all(Resident.directory(System::getenv));
      return new ResidentStop(out(), err()).stop(all, false);
    } catch (IOException usedByNobody) {
      return true;
    }
  }
}
