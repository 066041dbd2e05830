package dev.hookbus.cli;

import dev.hookbus.resident.CrashReport;
import dev.hookbus.resident.Resident;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists this user's resident processes. */
@Command(name = "list", description = "Lists your resident processes.")
final class ResidentListCommand extends CliCommand {

  @Override
  public Integer call() throws IOException {
    Path directory = Resident.directory(System::getenv);
    List<Resident> running = Resident.running(directory);
    if (running.isEmpty()) {
      out().println("No process runs in " + directory + "; a command that asks for one starts it.");
    } else {
      print(running);
    }
    for (CrashReport crash : CrashReport.in(directory)) {
      out()
          .println(
              "One crashed at "
                  + Text.time(crash.written())
                  + " UTC; the first lines of its report say why: "
                  + crash.file());
    }
    return ExitCode.OK;
  }

  private void print(List<Resident> running) {
    Table table =
        new Table()
            .number("process")
            .text("since (UTC)")
            .number("calls")
            .number("open")
            .elastic("library");
    for (Resident resident : running) {
      table.row(
          Long.toString(resident.pid()),
          Text.time(resident.started()),
          Text.count(resident.calls()),
          Text.count(resident.open()),
          resident.library());
    }
    table.print(out());
  }
}
