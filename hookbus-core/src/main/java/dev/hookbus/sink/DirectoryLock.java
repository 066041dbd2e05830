package dev.hookbus.sink;

import dev.hookbus.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The right to change a directory's files, one holder among all processes and threads. */
final class DirectoryLock {
  /** A process holds a file lock as a whole, so its threads need a lock among themselves. */
  private static final Map<Path, ReentrantLock> AMONG_THREADS = new ConcurrentHashMap<>();

  private static final Set<StandardOpenOption> LOCK_FILE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  private static final long POLL_MILLIS = 2;

  private DirectoryLock() {}

  /** What is done under the lock. */
  interface Action {
    void run() throws IOException;
  }

  /**
   * Waits for the lock, and runs the action under it.
   *
   * @throws IOException the action's, or where the lock is still held elsewhere when the time is
   *     over
   */
  static void run(Path directory, Duration timeout, Action action)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    ReentrantLock amongThreads =
        AMONG_THREADS.computeIfAbsent(directory.toRealPath(), path -> new ReentrantLock());
    if (!amongThreads.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("the directory is locked by another thread");
    }
    try (FileChannel channel = PrivateFiles.open(directory.resolve(".lock"), LOCK_FILE)) {
      while (channel.tryLock() == null) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("the directory is locked by another process");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      action.run(); // closing the channel releases the file lock
    } finally {
      amongThreads.unlock();
    }
  }
}
