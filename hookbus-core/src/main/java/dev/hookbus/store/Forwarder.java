package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries waiting records to the server as soon as it answers: on a thread that is there only while
 * something waits. A file beside the database says that something does, so that a process that has
 * nothing to do with it need not open the database to know. Several processes may forward the same
 * records; the server takes each once.
 */
final class Forwarder implements AutoCloseable {

  private static final int BATCH = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(250);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Connections local;
  private final Connections server;
  private final PostgresCalls calls;
  private final Path mark;
  private @Nullable Thread thread;
  private volatile boolean closed;
  private volatile boolean looked;

  Forwarder(Connections local, Connections server, PostgresCalls calls, Path database) {
    this.local = local;
    this.server = server;
    this.calls = calls;
    this.mark = database.resolveSibling(database.getFileName() + ".waiting");
  }

  /** Told when records were kept because the server did not take them. */
  void waiting() {
    makeMark();
    start();
  }

  /** Told when the server has answered. */
  void answered() {
    if (!looked) {
      looked = true;
      if (Files.exists(mark)) {
        start();
      }
    }
  }

  /**
   * Forwards until nothing waits.
   *
   * @throws StoreException if the server, or the local file, fails first
   */
  void forward(Budget budget) throws StoreException {
    boolean done = false;
    try {
      // Whoever keeps a record marks it after its commit: a mark that was needed comes again.
      removeMark();
      List<WaitingRecords.Row> rows = oldest(budget);
      while (!rows.isEmpty()) {
        List<WaitingRecords.Row> batch = rows;
        server.with(
            budget,
            session -> {
              calls.forward(session, batch);
              return true;
            });
        local.with(
            budget,
            session -> {
              WaitingRecords.delete(session, batch);
              return true;
            });
        rows = oldest(budget);
      }
      done = true;
    } finally {
      if (!done) {
        makeMark();
      }
    }
  }

  /** Ends the thread; gives what waits one last, short try if {@code reachable}. */
  void close(boolean reachable) {
    close();
    if (reachable && Files.exists(mark)) {
      Attempt.run(() -> forward(Budget.of(CLOSE_PATIENCE)));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private List<WaitingRecords.Row> oldest(Budget budget) throws StoreException {
    return local.with(budget, session -> WaitingRecords.oldest(session, BATCH));
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      Thread started = new Thread(this::run, "hookbus-forward");
      started.setDaemon(true);
      thread = started;
      started.start();
    }
  }

  private void run() {
    while (!closed) {
      Throwable failure = Attempt.run(() -> forward(Budget.of(PATIENCE)));
      if (failure == null && isOver()) {
        return;
      }
      LockSupport.parkNanos(this, RETRY_NANOS);
    }
  }

  private synchronized boolean isOver() {
    if (Files.exists(mark)) {
      return false;
    }
    thread = null;
    return true;
  }

  private void makeMark() {
    try {
      Files.createFile(mark);
    } catch (FileAlreadyExistsException alreadyThere) {
      // One is enough.
    } catch (IOException unwritable) {
      // The records are found at the next clean-up.
    }
  }

  private void removeMark() {
    try {
      Files.deleteIfExists(mark);
    } catch (IOException unwritable) {
      // It costs a look at the database, no more.
    }
  }
}
