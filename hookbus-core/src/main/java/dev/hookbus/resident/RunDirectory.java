package dev.hookbus.resident;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's resident processes and their clients meet: nobody else can look into it. Holds the
 * socket and the lock of each version, and the events of calls on their way.
 */
final class RunDirectory {

  /** Owned by whoever runs this process. */
  private static final Path SELF = Path.of("/proc/self");

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * The directory at a path.
   *
   * @throws IOException if it is not there, is a link, or is not its owner's alone
   */
  static RunDirectory at(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isDirectory()) {
      throw new IOException(path + " is no directory");
    }
    if (!attributes.owner().equals(Files.getOwner(SELF))) {
      throw new IOException(path + " belongs to another user");
    }
    if (!OWNERS.containsAll(attributes.permissions())) {
      throw new IOException(path + " is open to other users; it must have mode 0700");
    }
    return new RunDirectory(path);
  }

  Path path() {
    return path;
  }

  /** The socket of a version. */
  Path socket(String id) {
    return path.resolve(id + ".socket");
  }

  /** Made by a client that starts a version, so that no other starts it too. */
  Path starting(String id) {
    return path.resolve(id + ".starting");
  }

  /** The right to be the one process of a version; {@code null} if another is. */
  @Nullable FileLock lock(String id) throws IOException {
    return FileChannel.open(
            path.resolve(id + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        .tryLock();
  }
}
