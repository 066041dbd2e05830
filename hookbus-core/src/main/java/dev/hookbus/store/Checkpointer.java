package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Moves pages from the write-ahead log into the database on a thread and a connection of its own,
 * in a process that lives long: otherwise the caller whose commit fills the log does it, and waits
 * for the disk. A database that was deleted or replaced is left alone.
 */
final class Checkpointer implements AutoCloseable {

  /** As many pages as SQLite lets a log have before a commit moves them. */
  private static final long ENOUGH_PAGES = 1_000;

  /**
   * While others write without a pause the log never ends, and so never begins anew; from this size
   * on they have to wait for a moment.
   */
  private static final long TOO_MANY_PAGES = 8_000;

  /** Should this thread not keep up, callers do the work again from this size on. */
  private static final String LEAVE_IT_TO_US = "PRAGMA wal_autocheckpoint = 16000";

  private static final String LOOK = "PRAGMA wal_checkpoint(NOOP)";
  private static final String MOVE = "PRAGMA wal_checkpoint(PASSIVE)";
  private static final String MOVE_ALL = "PRAGMA wal_checkpoint(FULL)";

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int IDLE_LOOKS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final SqliteDatabase database;
  private final Connections callers;
  private final Thread thread = new Thread(this::run, "hookbus-checkpoint");
  private @Nullable Session session;
  private volatile long writes;
  private volatile boolean closed;

  private Checkpointer(SqliteDatabase database, Connections callers) {
    this.database = database;
    this.callers = callers;
  }

  /** Starts the thread, and makes callers leave the log to it. */
  static Checkpointer start(SqliteDatabase database, Connections callers) {
    Checkpointer checkpointer = new Checkpointer(database, callers);
    checkpointer.thread.setDaemon(true);
    checkpointer.thread.start();
    return checkpointer;
  }

  /** Told of every write; that one is missed now and then does no harm. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void wrote() {
    writes++;
  }

  private void run() {
    long seen = -1;
    int idleLooks = 0;
    while (!closed) {
      if (writes == seen) {
        LockSupport.parkNanos(this, ++idleLooks < IDLE_LOOKS ? LOOK_NANOS : IDLE_NANOS);
        continue;
      }
      idleLooks = 0;
      seen = writes;
      Throwable failure = Attempt.run(this::checkpoint);
      if (failure != null) {
        // Whatever it is, callers meet it too, and say so.
        closeSession();
        LockSupport.parkNanos(this, IDLE_NANOS);
      } else {
        LockSupport.parkNanos(this, LOOK_NANOS);
      }
    }
    closeSession();
  }

  private void checkpoint() throws StoreException, DatabaseException {
    if (!database.isSame()) {
      // To open the new file now would be to join it with the old one's log.
      closeSession();
      return;
    }
    Session open = session;
    if (open == null) {
      open = database.openBeside();
      session = open;
      boolean unused =
          callers.with(
              Budget.of(PATIENCE),
              theirs -> {
                theirs.execute(LEAVE_IT_TO_US);
                return true;
              });
    }
    if (pages(open, LOOK).left >= ENOUGH_PAGES) {
      Pages pages = pages(open, MOVE);
      // What a reader keeps from being moved would only make writers wait in vain.
      if (pages.all >= TOO_MANY_PAGES && pages.left < ENOUGH_PAGES) {
        open.waitUntil(System.nanoTime() + LONGEST_STALL_NANOS);
        Pages unused = pages(open, MOVE_ALL);
      }
    }
  }

  /** What the log holds when the pragma has done its work. */
  private static Pages pages(Session session, String pragma) throws DatabaseException {
    try (Rows rows = session.prepared(pragma).rows()) {
      return rows.next()
          ? new Pages(rows.getLong(2), rows.getLong(2) - rows.getLong(3))
          : new Pages(0, 0);
    }
  }

  /** Pages in the log: all, and those left to be moved. */
  private record Pages(long all, long left) {}

  private void closeSession() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Ending.await(thread, PATIENCE);
  }
}
