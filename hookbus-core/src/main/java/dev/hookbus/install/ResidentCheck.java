package dev.hookbus.install;

import dev.hookbus.launch.Launchers;
import dev.hookbus.launch.StartLevel;
import dev.hookbus.resident.CrashReport;
import dev.hookbus.resident.Resident;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for the resident processes of commands that ask for one. */
final class ResidentCheck {

  private ResidentCheck() {}

  static List<Diagnosis> of(Path directory, @Nullable Manifest manifest) throws IOException {
    return manifest != null && isWanted(directory, manifest) ? examine() : List.of();
  }

  private static boolean isWanted(Path directory, Manifest manifest) {
    Launchers launchers = Launchers.in(directory);
    for (String name : manifest.commands()) {
      try {
        if (launchers.level(name) == StartLevel.RESIDENT) {
          return true;
        }
      } catch (IOException missing) {
        // Told elsewhere.
      }
    }
    return false;
  }

  /** One that does not run is no problem: the next call starts it. */
  private static List<Diagnosis> examine() throws IOException {
    Path place = Resident.directory(System::getenv);
    List<Diagnosis> findings = new ArrayList<>();
    try {
      for (Resident resident : Resident.all(place)) {
        findings.add(told(resident));
      }
    } catch (IOException e) {
      return List.of(
          Diagnosis.warning(
              "no resident process can run, so calls start by themselves: " + e.getMessage(),
              place,
              "make it a directory of your own with mode 0700, or remove it"));
    }
    if (findings.isEmpty()) {
      findings.add(Diagnosis.ok("no resident process runs yet; a call starts it", place));
    }
    for (CrashReport crash : CrashReport.in(place)) {
      findings.add(
          Diagnosis.warning(
              "a resident process crashed at " + crash.written() + "; its calls ran by themselves",
              crash.file(),
              "read its first lines: a native library or this build of Java is at fault; update it,"
                  + " then remove the report"));
    }
    return findings;
  }

  private static Diagnosis told(Resident resident) {
    String what = "resident process " + resident.pid();
    return switch (resident.state()) {
      case RUNNING ->
          Diagnosis.ok(what + " has run " + resident.calls() + " calls", resident.library());
      case STARTING -> Diagnosis.ok(what + " is starting", resident.socket());
      case ENDING -> Diagnosis.ok(what + " ends when its calls are over", resident.socket());
      case STUCK ->
          Diagnosis.warning(
              what + " does not answer, so calls start by themselves",
              resident.socket(),
              "run hookbus resident stop");
      case LEFT_BEHIND ->
          Diagnosis.ok("a resident process was killed; a call starts the next", resident.socket());
    };
  }
}
