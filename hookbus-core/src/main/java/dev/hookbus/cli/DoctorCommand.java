package dev.hookbus.cli;

import dev.hookbus.install.Diagnosis;
import dev.hookbus.install.Doctor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at what is installed. */
@Command(
    name = "doctor",
    description = {
      "Looks at what 'hookbus install' has made, and says what is wrong, where, and what to do.",
      "Exit code 1 if something does not work."
    })
final class DoctorCommand extends CliCommand {

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private InstallPlace place;

  @Option(names = "--json", description = "Print a JSON object per line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Doctor doctor = Doctor.of(place.directory(), place.settings(), place.otherSettings());
    List<Diagnosis> findings = new ArrayList<>(doctor.examine());
    findings.addAll(StoreCheck.of(settings(doctor::variable)));
    boolean problem = false;
    for (Diagnosis finding : findings) {
      problem |= finding.level() == Diagnosis.Level.PROBLEM;
      print(finding);
    }
    return problem ? ExitCode.FAILURE : ExitCode.OK;
  }

  private void print(Diagnosis finding) {
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    if (json) {
      Json.printLine(
          out(),
          generator -> {
            generator.writeStartObject();
            generator.writeStringField("level", level);
            generator.writeStringField("what", finding.what());
            generator.writeStringField("where", finding.where());
            generator.writeStringField("remedy", finding.remedy());
            generator.writeEndObject();
          });
      return;
    }
    out().println(level + "  " + finding.what() + "  (" + finding.where() + ")");
    if (!finding.remedy().isEmpty()) {
      out().println("    " + finding.remedy());
    }
  }
}
