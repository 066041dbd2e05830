package dev.hookbus.launch;

import dev.hookbus.idempotency.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Commands in a directory. */
final class DirectoryLaunchers implements Launchers {

  private static final int HASH_BYTES = 8;

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
    byte[] script = LaunchScript.of(launcher, java, classPath).getBytes(StandardCharsets.UTF_8);
    put(command, script, "rwxr-xr-x");
    return command;
  }

  @Override
  public Path command(String name) {
    return directory.resolve("bin").resolve(name);
  }

  @Override
  public boolean remove(String name) throws IOException {
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
