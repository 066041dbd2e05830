package dev.hookbus.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files whole or not at all. */
final class SafeFile {

  private SafeFile() {}

  /** What is in a file; nothing if it is missing. */
  static byte[] read(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** Whether its rights let anybody but its owner see what is in it. */
  static boolean othersMayRead(Path file) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    return rights.contains(PosixFilePermission.GROUP_READ)
        || rights.contains(PosixFilePermission.OTHERS_READ);
  }

  /** Replaces a file that only its owner may read. */
  static void writePrivate(Path file, byte[] content) throws IOException {
    write(file, content, PosixFilePermissions.fromString("rw-------"));
  }

  /** Replaces a file, or the file a link leads to, and keeps its rights. */
  static void writeLike(Path file, byte[] content) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file;
    Set<PosixFilePermission> rights =
        Files.exists(real)
            ? Files.getPosixFilePermissions(real)
            : PosixFilePermissions.fromString("rw-------");
    write(real, content, rights);
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> rights)
      throws IOException {
    Path directory = file.resolveSibling("");
    Files.createDirectories(directory);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new InstallException(file + " is a directory");
    }
    // A temporary file belongs to its owner alone from its first moment.
    Path aside = Files.createTempFile(directory, ".hookbus-", null);
    try {
      Files.write(aside, content);
      Files.setPosixFilePermissions(aside, rights);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
