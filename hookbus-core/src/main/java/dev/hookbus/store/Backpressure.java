package dev.hookbus.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what waits to be written, and holds callers back while that is too much. They are let go
 * all at once when most of it is written: let in one by one, they would share the processor with
 * the writer, and those who came first would starve the others.
 */
final class Backpressure {

  private final long high;
  private final long low;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition releasing = lock.newCondition();
  private volatile boolean holding;
  private volatile boolean lifted;

  /** How often callers were let go; guarded by the lock. */
  private long releases;

  /** Holds callers back from a backlog of {@code high} on, until it is down to {@code low}. */
  Backpressure(long high, long low) {
    this.high = high;
    this.low = low;
  }

  /** One more waits to be written. */
  void accepted() {
    accepted.incrementAndGet();
  }

  /** So many wait no more: written, lost and counted, or taken back by their callers. */
  void written(int count) {
    written.addAndGet(count);
    if (holding && backlog() <= low) {
      release();
    }
  }

  long acceptedInAll() {
    return accepted.get();
  }

  long writtenInAll() {
    return written.get();
  }

  /** Whether callers have to wait. */
  boolean isHigh() {
    return holding || backlog() >= high;
  }

  /** While lifted nobody waits, because nothing is written. */
  void lift(boolean nothingIsWritten) {
    lifted = nothingIsWritten;
    if (nothingIsWritten && holding) {
      release();
    }
  }

  /** Waits, at most for the budget; an interrupted caller waits all the same and stays so. */
  void await(Budget budget) {
    boolean interrupted = Thread.interrupted();
    long start = System.nanoTime();
    long left = budget.leftNanos();
    lock.lock();
    try {
      holding = backlog() > low;
      long since = releases;
      while (holding && releases == since && !lifted && left > 0) {
        try {
          left = releasing.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
          left = budget.leftNanos() - (System.nanoTime() - start);
        }
      }
    } finally {
      lock.unlock();
    }
    budget.spend(System.nanoTime() - start);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long backlog() {
    return accepted.get() - written.get();
  }

  private void release() {
    lock.lock();
    try {
      holding = false;
      releases++;
      releasing.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
