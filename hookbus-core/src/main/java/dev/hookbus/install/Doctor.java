package dev.hookbus.install;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at what is installed, and says what is wrong, where, and what to do. */
public final class Doctor {

  private static final int CONNECT_MILLIS = 3_000;

  private final Path directory;
  private final Path settings;
  private final Path database;
  private final List<Diagnosis> findings = new ArrayList<>();

  private Doctor(Path directory, Path settings, Path database) {
    this.directory = directory;
    this.settings = settings;
    this.database = database;
  }

  /**
   * Looks at everything. Nothing is changed, but for the event of a session's begin that the first
   * command is tried with.
   *
   * @param directory where hooks are installed
   * @param settings the host's settings; those of the installation where it names others
   * @param database the database the hooks should use, unless their {@code .env} names another
   */
  public static List<Diagnosis> examine(Path directory, Path settings, Path database)
      throws IOException {
    Manifest manifest = Manifest.read(directory);
    Doctor doctor =
        new Doctor(directory, manifest == null ? settings : manifest.settings(), database);
    doctor.settings();
    doctor.commands(manifest);
    doctor.environment();
    return doctor.findings;
  }

  private void settings() throws IOException {
    if (!Files.exists(settings)) {
      findings.add(Diagnosis.warning("there are no settings", settings, "run hookbus install"));
      return;
    }
    try {
      HookSettings text = HookSettings.of(settings, SafeFile.read(settings));
      findings.add(Diagnosis.ok("hooks registered: " + text.registered().size(), settings));
      findings.addAll(SettingsCheck.of(settings, text));
    } catch (InstallException e) {
      findings.add(
          Diagnosis.problem(String.valueOf(e.getMessage()), settings, "correct it by hand"));
    }
  }

  private void commands(@Nullable Manifest manifest) throws IOException {
    if (manifest == null) {
      findings.add(Diagnosis.problem("nothing is installed", directory, "run hookbus install"));
      return;
    }
    String first = null;
    for (String name : manifest.commands()) {
      Path command = directory.resolve("bin").resolve(name);
      if (!Files.isExecutable(command)) {
        findings.add(Diagnosis.problem("can't be started", command, "run hookbus install again"));
      } else if (first == null) {
        first = name;
      }
    }
    if (first != null) {
      SelfCheck check = SelfCheck.run(directory, first);
      findings.add(
          check.passed()
              ? Diagnosis.ok(first + " answers in " + check.millis() + " ms", directory)
              : Diagnosis.problem(
                  first + " gave exit code " + check.exitCode() + " at a session's begin",
                  directory,
                  "start it by hand, and read its error output"));
    }
  }

  private void environment() throws IOException {
    Path file = Installer.environmentFile(directory);
    Map<String, String> variables = EnvironmentFile.read(file);
    if (Files.exists(file)
        && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).endsWith("------")) {
      findings.add(
          Diagnosis.problem("others can read it, and keys in it", file, "chmod 600 " + file));
    }
    String named = variables.get("HOOKBUS_DB");
    store(named == null ? database : Path.of(named));
    String endpoint = variables.get("ZO_EVENT_ENDPOINT");
    if (endpoint != null && !endpoint.isBlank()) {
      endpoint(endpoint);
    }
  }

  private void store(Path file) {
    Path existing = file.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    findings.add(
        Files.isReadable(existing) && Files.isWritable(existing)
            ? Diagnosis.ok("the database can be read and written", file)
            : Diagnosis.problem(
                existing + " can't be read and written",
                file,
                "change its rights, or name another by HOOKBUS_DB"));
  }

  /** Whether somebody listens; whether they take events, only an event can tell. */
  private void endpoint(String address) {
    String shown = address.substring(address.lastIndexOf('@') + 1);
    try {
      URI uri = URI.create(address);
      String host = uri.getHost();
      boolean secure = "https".equals(uri.getScheme());
      if (host == null || (!secure && !"http".equals(uri.getScheme()))) {
        throw new IllegalArgumentException("no http address");
      }
      int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      }
      findings.add(Diagnosis.ok("the endpoint can be reached", shown));
    } catch (IllegalArgumentException e) {
      findings.add(
          Diagnosis.problem("is no http address", shown, "correct ZO_EVENT_ENDPOINT in .env"));
    } catch (IOException e) {
      findings.add(
          Diagnosis.problem(
              "nobody answers there; events wait until somebody does",
              shown,
              "start the receiver, or correct ZO_EVENT_ENDPOINT in .env"));
    }
  }
}
