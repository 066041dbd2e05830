package dev.hookbus.launch;

import dev.hookbus.idempotency.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program so that later runs find its classes laid out in a file and SQLite's library
 * unpacked. The runs are the program's own on made-up input, away from anybody's data: with a
 * database, a home and a working directory of their own, and nothing else in their environment.
 */
final class Training {

  private static final long PATIENCE_SECONDS = 60;

  private final Path directory;
  private final JavaRuntime java;

  Training(Path directory, JavaRuntime java) {
    this.directory = directory;
    this.java = java;
  }

  /**
   * What later runs start from.
   *
   * @param archive the classes
   * @param options those beside that for the archive
   */
  record Result(Path archive, List<String> options) {}

  /** A pattern for the names of a command's archives: sixteen hex digits follow the name. */
  static String archiveNames(String command) {
    return command + "-" + "[0-9a-f]".repeat(16) + "-*";
  }

  /** Trains, or answers {@code null} if the program can't be prepared and is to start plainly. */
  @Nullable Result train(
      Launcher launcher, List<Path> classPath, List<String> options, String input)
      throws IOException {
    Path home =
        Files.createTempDirectory(Files.createDirectories(directory), ".training-", privately());
    try {
      return attempt(launcher, classPath, options, input, home);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      remove(home);
    }
  }

  private @Nullable Result attempt(
      Launcher launcher, List<Path> classPath, List<String> options, String input, Path home)
      throws IOException, InterruptedException {
    Path made = home.resolve("archive");
    // Everyday starts find a database; what makes one has no place in the archive.
    if (run(launcher, options, classPath, input, home, "none") < 0) {
      return null;
    }
    Path library = unpackedLibrary(home);
    Path keptLibrary = library == null ? null : keptLibrary(library);
    List<String> prepared = new ArrayList<>(options);
    prepared.addAll(libraryOptions(keptLibrary));
    List<String> recording = new ArrayList<>(prepared);
    recording.addAll(java.trainingOptions(made));
    int answered = run(launcher, recording, classPath, input, home, "all");
    if (answered < 0 || !Files.isRegularFile(made)) {
      return null;
    }
    Path archive = kept(made, directory, launcher.name() + "-" + hash(made) + java.archiveSuffix());
    prepared.add(java.archiveOption() + archive);
    return run(launcher, prepared, classPath, input, home, "none") == answered
        ? new Result(archive, libraryOptions(keptLibrary))
        : null;
  }

  private static List<String> libraryOptions(@Nullable Path library) {
    return library == null
        ? List.of()
        : List.of(
            "-Dorg.sqlite.lib.path=" + library.getParent(),
            "-Dorg.sqlite.lib.name=" + library.getFileName());
  }

  /**
   * Runs the program.
   *
   * @param dedupe the hooks whose keys count: a second run on one event would be a copy otherwise
   * @return the exit code, or -1 if the program did not come to its end
   */
  private int run(
      Launcher launcher,
      List<String> options,
      List<Path> classPath,
      String input,
      Path home,
      String dedupe)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.command().toString());
    command.addAll(options);
    command.add("-cp");
    command.add(LaunchScript.joined(classPath));
    command.add(launcher.mainClass());
    command.addAll(launcher.arguments());
    Path stdin = Files.writeString(home.resolve("stdin"), input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(stdin.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    String path = environment.get("PATH");
    environment.clear();
    environment.put("PATH", path == null ? "/usr/bin:/bin" : path);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", home.toString());
    environment.put("HOOKBUS_ENABLED", "1");
    environment.put("HOOKBUS_STORE_RAW", "1");
    environment.put("HOOKBUS_DEDUPE", dedupe);
    environment.put("HOOKBUS_DB", home.resolve("hookbus.db").toString());
    Process process = builder.start();
    if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return -1;
  }

  /** Where the store has put the library it unpacked beside its database. */
  private static @Nullable Path unpackedLibrary(Path home) throws IOException {
    Path unpackedOnes = home.resolve("native");
    if (!Files.isDirectory(unpackedOnes)) {
      return null;
    }
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(unpackedOnes)) {
      for (Path version : versions) {
        Path library = version.resolve(System.mapLibraryName("sqlitejdbc"));
        if (Files.isRegularFile(library)) {
          return library;
        }
      }
    }
    return null;
  }

  private Path keptLibrary(Path library) throws IOException {
    Path home = Files.createDirectories(directory.resolve("sqlite-" + hash(library)));
    return kept(library, home, library.getFileName().toString());
  }

  /** Renamed into its place, whole and never to be written again. */
  private static Path kept(Path file, Path directory, String name) throws IOException {
    Path place = directory.resolve(name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    return Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String hash(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    return HexFormat.of().formatHex(Sha256.digest(content, 0, content.length), 0, 8);
  }

  private static FileAttribute<?> privately() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  private static void remove(Path directory) throws IOException {
    File[] files = directory.toFile().listFiles();
    if (files != null) {
      for (File file : files) {
        remove(file.toPath());
      }
    }
    Files.deleteIfExists(directory);
  }
}
