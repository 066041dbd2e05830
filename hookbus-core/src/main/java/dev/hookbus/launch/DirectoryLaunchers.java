package dev.hookbus.launch;

import dev.hookbus.idempotency.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Commands in a directory. */
final class DirectoryLaunchers implements Launchers {

  private static final int HASH_BYTES = 8;
  private static final String LEVEL_LINE = "# start level: ";
  private static final String INPUTS_LINE = "# made from: ";

  private final Path directory;
  private final JavaRuntime java;

  DirectoryLaunchers(Path directory, JavaRuntime java) {
    this.directory = directory.toAbsolutePath().normalize();
    this.java = java;
  }

  @Override
  public Launchers withJava(Path javaHome) throws LaunchException {
    return new DirectoryLaunchers(directory, JavaRuntime.at(javaHome));
  }

  @Override
  public Path write(Launcher launcher) throws IOException {
    Path command = checked(launcher.name());
    List<Path> classPath = new ArrayList<>();
    for (Path library : launcher.libraries()) {
      classPath.add(copied(library));
    }
    for (Path entry : launcher.application()) {
      if (!Files.exists(entry)) {
        throw new LaunchException("there is no jar or class directory " + entry);
      }
      classPath.add(entry);
    }
    if (classPath.isEmpty()) {
      throw new LaunchException("the command " + launcher.name() + " has no jar to start from");
    }
    boolean silentLogs = launcher.application().isEmpty() && !bringLoggingBackend(classPath);
    List<String> options = new ArrayList<>(java.options(silentLogs));
    ResidentStart resident = resident(launcher, classPath, silentLogs);
    String inputs = fingerprint(launcher, command, options, classPath, resident);
    if (isPrepared(launcher.name(), inputs)) {
      return command;
    }
    Training.Result prepared = prepare(launcher, classPath, options);
    if (prepared != null) {
      options.addAll(prepared.options());
    }
    Path archive = prepared == null ? null : prepared.archive();
    String script =
        LaunchScript.of(launcher, command, java, options, archive, classPath, resident)
            + (resident == null ? "" : LEVEL_LINE + StartLevel.RESIDENT + "\n")
            + LEVEL_LINE
            + (prepared == null ? StartLevel.PLAIN : StartLevel.PREPARED)
            + "\n"
            + INPUTS_LINE
            + inputs
            + "\n";
    put(command, script.getBytes(StandardCharsets.UTF_8), "rwxr-xr-x");
    removeArchives(launcher.name(), archive);
    removeDescriptions(launcher.name(), resident == null ? null : resident.command());
    return command;
  }

  /** What a resident process needs to know, written where it finds it. */
  private @Nullable ResidentStart resident(
      Launcher launcher, List<Path> classPath, boolean silentLogs) throws IOException {
    Duration patience = launcher.residentPatience();
    if (patience == null
        || !launcher.application().isEmpty()
        || !Files.isReadable(Path.of("/proc/self/environ"))) {
      return null;
    }
    byte[] command =
        new LaunchedCommand(
                launcher.mainClass(), classPath, launcher.arguments(), launcher.environmentFile())
            .toJson()
            .getBytes(StandardCharsets.UTF_8);
    String hash =
        HexFormat.of().formatHex(Sha256.digest(command, 0, command.length), 0, HASH_BYTES);
    Path prepared = directory.resolve("prepared");
    Path file = prepared.resolve(launcher.name() + "-" + hash + ".json");
    if (!Files.exists(file)) {
      put(file, command, "rw-r--r--");
    }
    return ResidentStart.of(
        classPath,
        java,
        java.residentOptions(silentLogs),
        file,
        ResidentClient.madeIn(prepared),
        patience);
  }

  /** Tells everything a command is made from; the jars' names tell their content. */
  private String fingerprint(
      Launcher launcher,
      Path command,
      List<String> options,
      List<Path> classPath,
      @Nullable ResidentStart resident)
      throws LaunchException {
    String script = LaunchScript.of(launcher, command, java, options, null, classPath, resident);
    byte[] all = (script + java.build() + launcher.training()).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.digest(all, 0, all.length), 0, HASH_BYTES);
  }

  /** Whether the command is there, prepared from the same; then another training gains nothing. */
  private boolean isPrepared(String name, String inputs) throws IOException {
    Path command = command(name);
    return hasArchive(name)
        && Files.isRegularFile(command)
        && Files.readString(command)
            .endsWith(LEVEL_LINE + StartLevel.PREPARED + "\n" + INPUTS_LINE + inputs + "\n");
  }

  /** Those of earlier versions of a command; who is running on one goes on undisturbed. */
  private void removeArchives(String name, @Nullable Path kept) throws IOException {
    for (Path archive : archives(name)) {
      if (!archive.equals(kept)) {
        Files.delete(archive);
      }
    }
  }

  private void removeDescriptions(String name, @Nullable Path kept) throws IOException {
    for (Path description : prepared(name + "-" + "[0-9a-f]".repeat(2 * HASH_BYTES) + ".json")) {
      if (!description.equals(kept)) {
        Files.delete(description);
      }
    }
  }

  private List<Path> archives(String name) throws IOException {
    return prepared(Training.archiveNames(name));
  }

  private List<Path> prepared(String pattern) throws IOException {
    Path prepared = directory.resolve("prepared");
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(prepared)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(prepared, pattern)) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private Training.@Nullable Result prepare(
      Launcher launcher, List<Path> classPath, List<String> options) throws IOException {
    String input = launcher.training();
    // What an archive was made from must never change, and an application may.
    return input == null || !launcher.application().isEmpty()
        ? null
        : new Training(directory.resolve("prepared"), java)
            .train(launcher, classPath, options, input);
  }

  @Override
  public StartLevel level(String name) throws IOException {
    String script = Files.readString(checked(name));
    for (StartLevel level : List.of(StartLevel.RESIDENT, StartLevel.PREPARED)) {
      if (script.contains("\n" + LEVEL_LINE + level + "\n")) {
        return level;
      }
    }
    return StartLevel.PLAIN;
  }

  @Override
  public boolean hasArchive(String name) throws IOException {
    return !archives(name).isEmpty();
  }

  private static boolean bringLoggingBackend(List<Path> jars) throws IOException {
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry provider = zip.getEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
        if (provider != null && !text(zip, provider).contains("org.slf4j.nop.")) {
          return true;
        }
      }
    }
    return false;
  }

  private static String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public Path command(String name) {
    return directory.resolve("bin").resolve(name);
  }

  @Override
  public boolean remove(String name) throws IOException {
    removeArchives(name, null);
    removeDescriptions(name, null);
    return Files.deleteIfExists(checked(name));
  }

  /** A copy named by its content: what a command was written for never changes under it. */
  private Path copied(Path library) throws IOException {
    if (!Files.isRegularFile(library)) {
      throw new LaunchException("there is no jar " + library);
    }
    byte[] content = Files.readAllBytes(library);
    String hash =
        HexFormat.of().formatHex(Sha256.digest(content, 0, content.length), 0, HASH_BYTES);
    String name = String.valueOf(library.getFileName());
    int dot = name.lastIndexOf('.');
    Path copy =
        directory
            .resolve("lib")
            .resolve((dot < 0 ? name : name.substring(0, dot)) + "-" + hash + ".jar");
    if (!Files.exists(copy)) {
      put(copy, content, "rw-r--r--");
    }
    return copy;
  }

  /** Written aside and renamed, so that nobody ever starts half of it. */
  private static void put(Path file, byte[] content, String permissions) throws IOException {
    Path parent = file.resolveSibling("");
    Files.createDirectories(parent);
    Path aside = Files.createTempFile(parent, ".new-", null);
    try {
      Files.write(aside, content);
      Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString(permissions));
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private Path checked(String name) throws LaunchException {
    boolean good = !name.isEmpty() && isLetterOrDigit(name.charAt(0));
    for (int i = 0; i < name.length(); i++) {
      good &= isLetterOrDigit(name.charAt(i)) || "._-".indexOf(name.charAt(i)) >= 0;
    }
    if (!good) {
      throw new LaunchException("a command's name can't be \"" + name + "\"");
    }
    return command(name);
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
