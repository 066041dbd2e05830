package dev.hookbus.resident;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's resident processes and their clients meet: nobody else can look into it. Holds the
 * socket and the lock of each version, notes of processes that end, reports of those that crashed,
 * and the events of calls on their way.
 */
final class RunDirectory {

  private static final String SOCKET = ".socket";
  private static final String LOCK = ".lock";
  private static final String ENDING = ".ending";

  private static final int MOST_REPORTS = 3;

  /** No host waits for so long. */
  private static final Duration LONGEST_CALL = Duration.ofDays(1);

  private static final int CALL_ID_LENGTH = 36;

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
    return path.resolve(id + SOCKET);
  }

  /** Made by a client that starts a version, so that no other starts it too. */
  Path starting(String id) {
    return path.resolve(id + ".starting");
  }

  /** The versions that have, or had, a process. */
  Set<String> versions() throws IOException {
    Set<String> versions = new TreeSet<>();
    for (String suffix : List.of(SOCKET, LOCK)) {
      for (Path file : files("*" + suffix)) {
        versions.add(versionOf(file));
      }
    }
    return versions;
  }

  /** The version that a socket or a lock is of. */
  static String versionOf(Path file) {
    String name = nameOf(file);
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The right to take a version's calls; {@code null} if another process has it. */
  @Nullable VersionLock lock(String id) throws IOException {
    return VersionLock.take(lockFile(id));
  }

  /** The process that had the lock of a version last; {@code null} if there was none. */
  @Nullable Occupant holder(String id) {
    return Occupant.in(lockFile(id));
  }

  private Path lockFile(String id) {
    return path.resolve(id + LOCK);
  }

  /** Where a process stands that takes no more calls, and is to end when those it has are over. */
  Path ending(String id, ProcessIdentity process) {
    return path.resolve(id + "-" + process.pid() + ENDING);
  }

  /** Processes that end. */
  List<Occupant> ending() throws IOException {
    List<Occupant> ending = new ArrayList<>();
    for (Path file : files("*" + ENDING)) {
      Occupant process = Occupant.in(file);
      if (process != null && process.process().isAlive()) {
        ending.add(process);
      }
    }
    return ending;
  }

  /** The reports that the virtual machine has written of crashes, the newest first. */
  static List<CrashReport> crashReports(Path directory) throws IOException {
    List<CrashReport> reports = new ArrayList<>();
    for (Path file : files(directory, "*.crash-*.log")) {
      reports.add(new CrashReport(file, Files.getLastModifiedTime(file).toInstant()));
    }
    reports.sort(Comparator.comparing(CrashReport::written).reversed());
    return reports;
  }

  /** Removes what processes and clients left that were killed, and all but the last reports. */
  void prune(String ownId) throws IOException {
    List<CrashReport> reports = crashReports(path);
    for (CrashReport old :
        reports.subList(Math.min(MOST_REPORTS, reports.size()), reports.size())) {
      Files.deleteIfExists(old.file());
    }
    for (Path file : files("*" + ENDING)) {
      Occupant process = Occupant.in(file);
      if (process == null || !process.process().isAlive()) {
        Files.deleteIfExists(file);
      }
    }
    Instant longAgo = Instant.now().minus(LONGEST_CALL);
    for (Path file : files("*-*-*-*-*")) {
      if (isOfCall(nameOf(file)) && Files.getLastModifiedTime(file).toInstant().isBefore(longAgo)) {
        Files.deleteIfExists(file);
      }
    }
    for (String id : versions()) {
      if (!id.equals(ownId)) {
        removeAbandoned(id);
      }
    }
  }

  /**
   * Removes a socket at which nobody listens.
   *
   * @return whether there was one
   */
  boolean removeAbandoned(String id) throws IOException {
    if (!Files.exists(socket(id))) {
      return false;
    }
    // Whoever starts meanwhile gives up, and the next call starts another.
    try (VersionLock lock = lock(id)) {
      return lock != null && isAbandoned(socket(id)) && Files.deleteIfExists(socket(id));
    }
  }

  private static boolean isAbandoned(Path socket) {
    try {
      String ignored = Resident.ask(socket, "status", Duration.ZERO);
      return false;
    } catch (ConnectException nobodyListens) {
      return true;
    } catch (IOException busy) {
      return false;
    }
  }

  /** A call's files have its ID as their name, or before the first dot. */
  private static boolean isOfCall(String name) {
    return name.length() == CALL_ID_LENGTH || name.indexOf('.') == CALL_ID_LENGTH;
  }

  private List<Path> files(String pattern) throws IOException {
    return files(path, pattern);
  }

  private static List<Path> files(Path directory, String pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
