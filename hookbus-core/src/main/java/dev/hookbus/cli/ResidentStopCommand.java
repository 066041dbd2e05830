package dev.hookbus.cli;

import dev.hookbus.resident.Resident;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops this user's resident processes. */
@Command(
    name = "stop",
    description = {
      "Stops your resident processes when their open calls are over; one that does not answer is"
          + " killed.",
      "The next call of a command that asks for one starts it again.",
      "Exit code 1 if one could not be stopped."
    })
final class ResidentStopCommand extends CliCommand {

  @Option(
      names = "--now",
      description = "Do not wait for open calls; their commands run them again by themselves.")
  private boolean now;

  @Override
  public Integer call() throws IOException {
    Path directory = Resident.directory(System::getenv);
    List<Resident> all = Resident.all(directory);
    if (all.isEmpty()) {
      out().println("No process runs in " + directory + ".");
    }
    return new ResidentStop(out(), err()).stop(all, now) ? ExitCode.OK : ExitCode.FAILURE;
  }
}
