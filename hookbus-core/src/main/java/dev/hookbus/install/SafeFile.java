package dev.hookbus.install;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that belong to people: read with a clear word where that fails, and written whole or not at
 * all. A link stays one; what it leads to is read and written.
 */
final class SafeFile {

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private SafeFile() {}

  /**
   * What is in a file; nothing if it is missing.
   *
   * @throws InstallException if it is there and can't be read
   */
  static byte[] read(Path file) throws IOException {
    Path real = real(file);
    if (!Files.exists(real)) {
      return new byte[0];
    }
    if (Files.isDirectory(real)) {
      throw new InstallException(file + " is a directory; nothing was changed");
    }
    try {
      return Files.readAllBytes(real);
    } catch (AccessDeniedException e) {
      throw new InstallException(
          file + " can't be read for want of rights; nothing was changed. Make it readable first");
    }
  }

  /**
   * Sees to it that a file could be replaced, or made.
   *
   * @throws InstallException if it could not
   */
  static void checkWritable(Path file) throws IOException {
    Path directory = real(file).resolveSibling("").toAbsolutePath();
    while (!Files.exists(directory) && directory.getParent() != null) {
      directory = directory.getParent();
    }
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new InstallException(
          file
              + " can't be written: "
              + directory
              + (Files.isDirectory(directory) ? " takes no new file" : " is no directory")
              + "; nothing was changed");
    }
  }

  /** Whether its rights let anybody but its owner see what is in it. */
  static boolean othersMayRead(Path file) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    return rights.contains(PosixFilePermission.GROUP_READ)
        || rights.contains(PosixFilePermission.OTHERS_READ);
  }

  /** Replaces a file that only its owner may read. */
  static void writePrivate(Path file, byte[] content) throws IOException {
    write(real(file), content, PRIVATE);
  }

  /** Replaces a file and keeps its rights. */
  static void writeLike(Path file, byte[] content) throws IOException {
    Path real = real(file);
    write(real, content, Files.exists(real) ? Files.getPosixFilePermissions(real) : PRIVATE);
  }

  private static Path real(Path file) throws IOException {
    if (!Files.isSymbolicLink(file)) {
      return file;
    }
    if (!Files.exists(file)) {
      throw new InstallException(
          file
              + " is a link to "
              + Files.readSymbolicLink(file)
              + ", which is not there; nothing was changed. Make that file, or remove the link");
    }
    return file.toRealPath();
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> rights)
      throws IOException {
    Path directory = file.resolveSibling("");
    Files.createDirectories(directory);
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
