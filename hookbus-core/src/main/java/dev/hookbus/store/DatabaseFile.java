package dev.hookbus.store;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The database as files: who may read them, on which disk they are, what to do with broken ones.
 */
final class DatabaseFile {

  /** What is done while no other process makes or repairs the database. */
  @FunctionalInterface
  interface Locked {
    void run() throws DatabaseException, StoreException;
  }

  private static final List<String> LOG_SUFFIXES = List.of("-wal", "-shm");
  private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");
  private static final List<String> NETWORK_FILE_SYSTEMS =
      List.of("nfs", "cifs", "smb", "fuse.sshfs", "9p", "vboxsf", "afs", "ceph");
  private static final long LOCK_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Path file;
  private final Path directory;

  DatabaseFile(Path file) {
    this.file = file;
    Path parent = file.toAbsolutePath().getParent();
    this.directory = parent == null ? file.toAbsolutePath() : parent;
  }

  /**
   * Makes sure that nobody else has put files where users without a home directory have theirs,
   * which is a place that anybody can make first.
   */
  void claimTemporaryHome() throws StoreException {
    // Asked of every open, so the class is loaded only if the answer may be yes.
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    if (temporary.equals(directory.getParent()) && directory.equals(PrivateFiles.temporaryHome())) {
      try {
        PrivateFiles.claim(directory);
      } catch (IOException e) {
        throw new StoreException(
            "can't keep the database in "
                + directory
                + ", for "
                + e.getMessage()
                + "; set HOOKBUS_DB to a path of your own",
            e);
      }
    }
  }

  /**
   * Makes the file, readable and writable only by its owner; refuses network file systems, on which
   * a write-ahead log gets corrupted.
   */
  void prepare() throws StoreException {
    try {
      if (Files.exists(file)) {
        return; // it was looked at when it was made, and a look takes a hook milliseconds
      }
      PrivateFiles.createDirectories(directory);
      refuseNetworkFileSystem();
      PrivateFiles.createFile(file);
    } catch (FileAlreadyExistsException anotherProcessWasFaster) {
      // Its file is as good as ours.
    } catch (IOException e) {
      throw new StoreException("can't make " + file + "; set HOOKBUS_DB to a writable path", e);
    }
  }

  /** The write-ahead log. */
  Path log() {
    return beside("-wal");
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Whether there is a log, but no database it could belong to. */
  boolean isLogWithoutFile() {
    try {
      return (!Files.exists(file) || Files.size(file) == 0)
          && (Files.isRegularFile(log()) || Files.isRegularFile(beside("-shm")));
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether the database was cut to nothing while somebody had it open. */
  boolean isEmptied() {
    return Files.exists(file) && isLogWithoutFile();
  }

  /** Where the database and what belongs to it lie. */
  Path directory() {
    return directory;
  }

  /** Runs {@code action} while every other process that wants to do the same waits. */
  void whileLocked(Locked action) throws DatabaseException, StoreException {
    Path lockFile = beside(".lock");
    try (FileChannel channel =
            PrivateFiles.open(
                lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        FileLock ignored = lock(channel)) {
      action.run();
    } catch (IOException e) {
      throw new StoreException("can't lock " + lockFile + "; set HOOKBUS_DB to a writable path", e);
    }
  }

  /** Renames the database and its log so that a new one can be begun. Nothing is deleted. */
  void moveAside() throws StoreException {
    moveAside(SUFFIXES, ".corrupt-");
    prepare();
  }

  /** Renames a log that belongs to no file any more. */
  void moveLogAside() throws StoreException {
    moveAside(LOG_SUFFIXES, ".orphaned-");
  }

  private void moveAside(List<String> parts, String reason) throws StoreException {
    String suffix = reason + System.currentTimeMillis();
    try {
      for (String part : parts) {
        if (Files.exists(beside(part))) {
          Files.move(beside(part), beside(suffix + part));
        }
      }
    } catch (IOException e) {
      throw new StoreException(
          file + " is damaged and can't be moved aside; remove it or set HOOKBUS_DB elsewhere", e);
    }
  }

  private FileLock lock(FileChannel channel) throws IOException, StoreException {
    long deadline = System.nanoTime() + LOCK_WAIT_NANOS;
    while (System.nanoTime() - deadline < 0) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
    }
    throw new StoreException("another process has been preparing " + file + " for seconds", null);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByAnotherThread) {
      return null;
    }
  }

  private void refuseNetworkFileSystem() throws IOException, StoreException {
    FileStore store = Files.getFileStore(directory.toRealPath(new LinkOption[0]));
    String type = store.type().toLowerCase(Locale.ROOT);
    if (isOfNetwork(type)) {
      throw new StoreException(
          directory
              + " is on a network file system ("
              + type
              + "), where SQLite gets corrupted; set HOOKBUS_DB to a local disk",
          null);
    }
  }

  private static boolean isOfNetwork(String type) {
    for (String name : NETWORK_FILE_SYSTEMS) {
      if (type.startsWith(name)) {
        return true;
      }
    }
    return false;
  }
}
