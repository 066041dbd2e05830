package dev.hookbus.cli;

import dev.hookbus.resident.Resident;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Stops this user's resident processes. */
@Command(
    name = "stop",
    description = {
      "Stops your resident processes when their open calls are over.",
      "The next call of a command that asks for one starts it again."
    })
final class ResidentStopCommand extends CliCommand {

  @Override
  public Integer call() throws IOException {
    for (Resident resident : Resident.running(Resident.directory(System::getenv))) {
      resident.stop();
      out().println("Stopped process " + resident.pid() + ".");
    }
    return ExitCode.OK;
  }
}
