package dev.hookbus.store;

import java.util.concurrent.locks.LockSupport;

/**
 * How much a clean-up removes in a step, and how long it rests behind it. Where one writer at a
 * time holds the whole database, a step has as many rows as take about a millisecond, judged by the
 * step before, and the rest is several times as long: hooks seldom meet the lock, and never for
 * long.
 */
final class Pace {

  private static final int FEWEST_ROWS = 10;
  private static final int FIRST_ROWS = 50;
  private static final int MOST_ROWS = 500;
  private static final long STEP_NANOS = 1_000_000;

  /** Behind a whole step; what the disk has to take of it takes longer than the step. */
  private static final long SHORTEST_REST_NANOS = 10_000_000;

  /** Where nobody is kept from writing, or nobody has told for how long. */
  private static final long UNTIMED_REST_NANOS = 2_000_000;

  /** The lock is free for so many times as long as it was held. */
  private static final int REST_PER_STEP = 8;

  private final boolean oneWriter;
  private final Runnable wrote;
  private int rows;
  private long begun;
  private long restNanos = UNTIMED_REST_NANOS;

  /**
   * A pace for one kind of rows.
   *
   * @param oneWriter whether others can't write while a step does
   * @param wrote told of each step
   */
  Pace(boolean oneWriter, Runnable wrote) {
    this.oneWriter = oneWriter;
    this.wrote = wrote;
    this.rows = oneWriter ? FIRST_ROWS : MOST_ROWS;
  }

  /** How many rows the next step should have. */
  int rows() {
    return rows;
  }

  /**
   * Removes something, in one transaction.
   *
   * @param removal answers how many rows it has removed
   * @return the same
   */
  int step(Session session, Session.Work<Integer> removal) throws DatabaseException {
    if (!oneWriter) {
      return removal.with(session);
    }
    int removed =
        session.inTransaction(
            locked -> {
              begun = System.nanoTime(); // to wait for the lock is not to hold it
              return removal.with(locked);
            });
    held(removed, System.nanoTime() - begun);
    wrote.run();
    return removed;
  }

  /** Told how long a step of so many rows has kept others from writing. */
  void held(int removed, long nanos) {
    long step = Math.max(1, nanos);
    restNanos =
        Math.max(SHORTEST_REST_NANOS * Math.min(removed, rows) / rows, REST_PER_STEP * step);
    if (removed >= rows) {
      long fitting = removed * STEP_NANOS / step;
      // A step that was interrupted by other work on the machine says little about the next one.
      rows = (int) Math.min(2L * rows, Math.max(rows / 2, fitting));
      rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, rows));
    }
  }

  /** How long the lock is to be left to others now. */
  long restNanos() {
    return restNanos;
  }

  /** Rests, but not beyond {@code mostNanos}. */
  void rest(long mostNanos) {
    LockSupport.parkNanos(this, Math.min(restNanos, mostNanos));
  }
}
