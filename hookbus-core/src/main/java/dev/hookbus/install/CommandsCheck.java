package dev.hookbus.install;

import dev.hookbus.launch.Launchers;
import dev.hookbus.launch.StartLevel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries what was installed: whether commands start, how fast, and from what they should. */
final class CommandsCheck {

  /** What a hook needs for its work beside its start, as a multiple of that. */
  private static final int ROOM = 2;

  private static final String AGAIN = "run hookbus install again";

  private final Path directory;
  private final List<RegisteredHook> registered;
  private final List<Diagnosis> findings = new ArrayList<>();

  private CommandsCheck(Path directory, List<RegisteredHook> registered) {
    this.directory = directory;
    this.registered = registered;
  }

  static List<Diagnosis> of(
      Path directory, @Nullable Manifest manifest, List<RegisteredHook> registered)
      throws IOException {
    if (manifest == null) {
      return List.of(Diagnosis.problem("nothing is installed", directory, "run hookbus install"));
    }
    CommandsCheck check = new CommandsCheck(directory, registered);
    check.jars(manifest);
    // One call goes the whole way into the store; the others need not leave a trace there.
    Map<String, String> environment = Map.of();
    for (String name : manifest.commands()) {
      check.command(name, environment);
      environment = SelfCheck.UNRECORDED;
    }
    return check.findings;
  }

  /** Copies are named by their content, so a copy tells whether it is still what was copied. */
  private void jars(Manifest manifest) throws IOException {
    for (String made : manifest.files()) {
      Path file = directory.resolve(made);
      if (!made.startsWith("lib/")) {
        continue;
      }
      if (!Files.exists(file)) {
        findings.add(Diagnosis.problem("is gone", file, AGAIN));
      } else if (!made.contains(Manifest.hash(Files.readAllBytes(file)).substring(0, 16))) {
        findings.add(
            Diagnosis.problem(
                "has been changed since it was installed", file, "remove it, and " + AGAIN));
      }
    }
  }

  private void command(String name, Map<String, String> environment) throws IOException {
    Path command = Launchers.in(directory).command(name);
    if (!Files.isExecutable(command)) {
      findings.add(Diagnosis.problem("can't be started", command, AGAIN));
      return;
    }
    SelfCheck check = SelfCheck.tell(command, SampleEvent.sessionStart(), environment);
    if (!check.passed()) {
      findings.add(
          Diagnosis.problem(
              name + " gave exit code " + check.exitCode() + " at a session's begin",
              command,
              "start it by hand, and read its error output"));
      return;
    }
    findings.add(Diagnosis.ok(name + " answers in " + check.millis() + " ms", command));
    Launchers launchers = Launchers.in(directory);
    if (launchers.level(name) == StartLevel.PREPARED
        && !(launchers.hasArchive(name) && startsFromIt(command))) {
      findings.add(
          Diagnosis.warning(
              name + " starts slowly: what was prepared for it does not fit any more",
              command,
              AGAIN));
    }
    for (RegisteredHook hook : registered) {
      if (Installer.commandLine(directory, name).equals(hook.command())) {
        time(hook, name, check);
      }
    }
  }

  /** A virtual machine that must use its archive ends where it can't, for whatever reason. */
  private static boolean startsFromIt(Path command) throws IOException {
    String script = Files.readString(command, StandardCharsets.UTF_8);
    String insist = script.contains("-XX:AOTCache=") ? "-XX:AOTMode=on" : "-Xshare:on";
    Map<String, String> environment = new HashMap<>(SelfCheck.UNRECORDED);
    environment.put("JDK_JAVA_OPTIONS", insist);
    return SelfCheck.tell(command, SampleEvent.sessionStart(), environment).passed();
  }

  private void time(RegisteredHook hook, String name, SelfCheck check) throws IOException {
    Double timeout = hook.timeout();
    if (timeout == null) {
      return;
    }
    String what =
        "the timeout of "
            + seconds(timeout)
            + " s on "
            + hook.event()
            + " is too short for "
            + name;
    Path command = Launchers.in(directory).command(name);
    Double deadline = RunHook.deadlineIn(Files.readString(command));
    if (timeout * 1000 < (double) ROOM * check.millis()) {
      findings.add(
          Diagnosis.problem(
              what + ", which takes " + check.millis() + " ms to start and answer",
              command,
              "allow at least 5 seconds"));
    } else if (deadline != null && timeout <= deadline) {
      findings.add(
          Diagnosis.problem(
              what + ", which answers by its policy only after " + seconds(deadline) + " s",
              command,
              "install it with --timeout, and leave the settings to hookbus"));
    }
  }

  private static String seconds(double seconds) {
    return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
  }
}
