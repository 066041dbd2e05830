package dev.hookbus.cli;

import dev.hookbus.resident.CrashReport;
import dev.hookbus.resident.Resident;
import dev.hookbus.resident.Resident.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Lists this user's resident processes. */
@Command(
    name = "list",
    description = {
      "Lists your resident processes, and the reports of those that crashed.",
      "Exit code 1 if one is stuck."
    })
final class ResidentListCommand extends CliCommand {

  @Override
  public Integer call() throws IOException {
    Path directory = Resident.directory(System::getenv);
    List<Resident> all = Resident.all(directory);
    if (all.isEmpty()) {
      out().println("No process runs in " + directory + "; a command that asks for one starts it.");
    } else {
      print(all);
    }
    for (CrashReport crash : CrashReport.in(directory)) {
      out()
          .println(
              "One crashed at "
                  + Text.time(crash.written())
                  + " UTC; the first lines of its report say why: "
                  + crash.file());
    }
    for (Resident resident : all) {
      if (resident.state() == State.STUCK) {
        err()
            .println(
                "hookbus: commands wait for a process that is stuck; end it by"
                    + " 'hookbus resident stop'");
        return ExitCode.FAILURE;
      }
    }
    return ExitCode.OK;
  }

  private void print(List<Resident> all) {
    Table table =
        new Table()
            .number("process")
            .text("state")
            .text("since (UTC)")
            .number("calls")
            .number("open")
            .elastic("library");
    for (Resident resident : all) {
      boolean answers = resident.state() == State.RUNNING;
      Instant started = resident.started();
      table.row(
          resident.pid() == 0 ? "?" : Long.toString(resident.pid()),
          resident.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          started == null ? "?" : Text.time(started),
          answers ? Text.count(resident.calls()) : "?",
          answers ? Text.count(resident.open()) : "?",
          resident.library());
    }
    table.print(out());
  }
}
