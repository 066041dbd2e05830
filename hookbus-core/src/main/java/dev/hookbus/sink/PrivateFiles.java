package dev.hookbus.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and directories that only their owner can read, where the file system knows owners. */
final class PrivateFiles {
  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

  private PrivateFiles() {}

  static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, mode(directory, "rwx------"));
    }
  }

  /** Opens a file; one that is made gets mode 0600 from its first moment. */
  static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    return FileChannel.open(file, options, mode(file, "rw-------"));
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return NO_ATTRIBUTES;
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }
}
