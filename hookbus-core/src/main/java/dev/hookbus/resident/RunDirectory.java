package dev.hookbus.resident;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's resident processes and their clients meet: nobody else can look into it. Holds the
 * socket and the lock of each version, and the events of calls on their way.
 */
final class RunDirectory {

  private static final int MOST_REPORTS = 3;

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

  /** The reports that the virtual machine has written of crashes, the newest first. */
  static List<CrashReport> crashReports(Path directory) throws IOException {
    List<CrashReport> reports = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.crash-*.log")) {
        for (Path file : files) {
          reports.add(new CrashReport(file, Files.getLastModifiedTime(file).toInstant()));
        }
      }
    }
    reports.sort(Comparator.comparing(CrashReport::written).reversed());
    return reports;
  }

  /** Removes what nobody needs any more. */
  void prune() throws IOException {
    List<CrashReport> reports = crashReports(path);
    for (CrashReport old :
        reports.subList(Math.min(MOST_REPORTS, reports.size()), reports.size())) {
      Files.deleteIfExists(old.file());
    }
  }

  /** The right to be the one process of a version; {@code null} if another is. */
  @Nullable FileLock lock(String id) throws IOException {
    return FileChannel.open(
            path.resolve(id + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        .tryLock();
  }
}
