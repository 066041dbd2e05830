package dev.hookbus.install;

import dev.hookbus.launch.EnvironmentFile;
import dev.hookbus.sink.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what is installed, and says what is wrong, where, and what to do. Nothing is changed,
 * but for the event of a session's begin that the commands are tried with.
 *
 * <pre>{@code
 * static void look(Path directory, Path settings) throws IOException {
 *   for (Diagnosis finding : Doctor.of(directory, settings, List.of()).examine()) {
 *     System.err.println(finding.what() + ": " + finding.remedy());
 *   }
 * }
 * }</pre>
 */
public final class Doctor {

  private final Path directory;
  private final @Nullable Manifest manifest;
  private final Path settings;
  private final List<Path> otherPlaces;
  private final Map<String, String> variables;

  private Doctor(
      Path directory,
      @Nullable Manifest manifest,
      Path settings,
      List<Path> otherPlaces,
      Map<String, String> variables) {
    this.directory = directory;
    this.manifest = manifest;
    this.settings = settings;
    this.otherPlaces = otherPlaces;
    this.variables = variables;
  }

  /**
   * A doctor for an installation.
   *
   * @param directory where hooks are installed
   * @param settings the host's settings; those of the installation where it names others
   * @param otherPlaces other settings the host reads, and directories its plugins are in
   * @throws IOException if the list of what is installed, or {@code .env}, can't be read
   */
  public static Doctor of(Path directory, Path settings, List<Path> otherPlaces)
      throws IOException {
    Manifest manifest = Manifest.read(directory);
    return new Doctor(
        directory,
        manifest,
        manifest == null ? settings : manifest.settings(),
        List.copyOf(otherPlaces),
        EnvironmentFile.read(Installer.environmentFile(directory)));
  }

  /** The value of a variable as the installed hooks see it; null where it is not set. */
  public @Nullable String variable(String name) {
    String set = System.getenv(name);
    return set == null ? variables.get(name) : set;
  }

  /** Looks at the settings, the commands, and whether events can leave the machine. */
  public List<Diagnosis> examine() throws IOException {
    List<Diagnosis> findings = new ArrayList<>(settings());
    findings.addAll(CommandsCheck.of(directory, manifest, registered()));
    findings.addAll(ResidentCheck.of(directory, manifest));
    findings.addAll(environment());
    findings.addAll(
        SinksCheck.of(
            SinksCheck.names(variable("HOOKBUS_SINKS")), SinkSettings.of(this::variable)));
    return findings;
  }

  private List<Diagnosis> settings() throws IOException {
    if (!Files.exists(settings)) {
      return List.of(Diagnosis.warning("there are no settings", settings, "run hookbus install"));
    }
    List<Diagnosis> findings = new ArrayList<>();
    try {
      HookSettings text = HookSettings.of(settings, SafeFile.read(settings));
      findings.add(Diagnosis.ok("hooks registered: " + text.registered().size(), settings));
      findings.addAll(SettingsCheck.of(settings, text, policies()));
      findings.addAll(CopiesCheck.of(settings, text, otherPlaces));
    } catch (InstallException e) {
      findings.add(
          Diagnosis.problem(String.valueOf(e.getMessage()), settings, "correct it by hand"));
    }
    return findings;
  }

  /** Which of our commands fail closed, by what a host's settings start them with. */
  private Map<String, Boolean> policies() {
    Map<String, Boolean> policies = new HashMap<>();
    Manifest installed = manifest;
    if (installed != null) {
      for (String name : installed.commands()) {
        boolean failsClosed = installed.failingClosed().contains(name);
        policies.put(Installer.commandLine(directory, name), failsClosed);
      }
    }
    return policies;
  }

  private List<RegisteredHook> registered() throws IOException {
    try {
      return HookSettings.of(settings, SafeFile.read(settings)).registered();
    } catch (InstallException alreadyTold) {
      return List.of();
    }
  }

  private List<Diagnosis> environment() throws IOException {
    Path file = Installer.environmentFile(directory);
    return Files.exists(file) && SafeFile.othersMayRead(file)
        ? List.of(
            Diagnosis.problem("others can read it, and keys in it", file, "chmod 600 " + file))
        : List.of();
  }
}
