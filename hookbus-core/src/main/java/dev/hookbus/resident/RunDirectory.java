package dev.hookbus.resident;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's resident processes and their clients meet: nobody else can look into it. Holds the
 * socket and the lock of each version, and the events of calls on their way.
 */
final class RunDirectory {

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
    PrivateFiles.requireOwn(path);
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
