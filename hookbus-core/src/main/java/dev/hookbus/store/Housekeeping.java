package dev.hookbus.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is uncounted and removes what is too old: a few hundred rows at a time, each batch a
 * transaction of its own with a pause behind it, because one large delete would stall every hook of
 * the machine for a second.
 */
final class Housekeeping {

  private static final int DELETE_ROWS = 500;
  private static final int SPACE_STEPS = 10;
  private static final long PAUSE_NANOS = 2_000_000;
  private static final Duration BATCH_PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Connections connections;
  private final DedupeKeys keys;
  private final HookLogs logs;
  private final @Nullable EventFeed feed;
  private final LongSupplier clockOffset;

  Housekeeping(
      Database database,
      Connections connections,
      DedupeKeys keys,
      HookLogs logs,
      @Nullable EventFeed feed,
      LongSupplier clockOffset) {
    this.database = database;
    this.connections = connections;
    this.keys = keys;
    this.logs = logs;
    this.feed = feed;
    this.clockOffset = clockOffset;
  }

  /**
   * Counts uncounted rows until none is left or the time is over.
   *
   * @return whether none is left
   */
  static boolean rollUp(Connections connections, Duration timeLimit) throws StoreException {
    Stopwatch stopwatch = new Stopwatch(timeLimit);
    RollUp rollUp = new RollUp();
    while (batch(connections, rollUp::next)) {
      if (stopwatch.isOver()) {
        batch(connections, rollUp::write);
        return false;
      }
    }
    return true;
  }

  CleanupReport run(Duration retention, Duration timeLimit) throws StoreException {
    Stopwatch stopwatch = new Stopwatch(timeLimit);
    rollUp(connections, timeLimit);
    fillOutbox(stopwatch);
    long logRows = removeLogs(retention, stopwatch);
    long expired = removeKeys(stopwatch);
    long statisticRows = removeStatistics(stopwatch);
    for (int i = 0; i < SPACE_STEPS; i++) {
      batch(
          connections,
          session -> {
            database.giveBackSpace(session);
            return true;
          });
      pause();
    }
    return new CleanupReport(logRows, expired, statisticRows, !stopwatch.isOver());
  }

  /** What sinks have yet to hear of must not go with its log row. */
  private void fillOutbox(Stopwatch stopwatch) throws StoreException {
    EventFeed events = feed;
    if (events == null) {
      return; // a log that other machines share holds no events
    }
    while (batch(connections, events::nextToTheEnd) && !stopwatch.isOver()) {
      pause();
    }
  }

  private long removeLogs(Duration retention, Stopwatch stopwatch) throws StoreException {
    long removed = 0;
    int last = DELETE_ROWS;
    while (last == DELETE_ROWS && !stopwatch.isOver()) {
      last =
          batch(
              connections,
              session ->
                  logs.deleteOldest(
                      session, retention.toMillis(), DELETE_ROWS, clockOffset.getAsLong()));
      removed += last;
      pause();
    }
    return removed;
  }

  private long removeKeys(Stopwatch stopwatch) throws StoreException {
    ExpiredKeys expired = database.expiredKeys(keys);
    long removed = 0;
    int last = batch(connections, expired::removeSome);
    while (last != ExpiredKeys.NONE_LEFT && !stopwatch.isOver()) {
      removed += last;
      if (last > 0) {
        pause();
      }
      last = batch(connections, expired::removeSome);
    }
    return removed + Math.max(0, last);
  }

  private long removeStatistics(Stopwatch stopwatch) throws StoreException {
    long removed = 0;
    long now = batch(connections, session -> session.now(clockOffset.getAsLong())) / 1000;
    for (String hook : batch(connections, Statistics::hooks)) {
      for (Resolution resolution : Resolution.values()) {
        long before = now - resolution.kept().toSeconds();
        int last = 1;
        while (last > 0 && !stopwatch.isOver()) {
          last =
              batch(connections, session -> Statistics.forget(session, hook, resolution, before));
          removed += last;
        }
      }
    }
    return removed;
  }

  private static <T> T batch(Connections connections, Session.Work<T> work) throws StoreException {
    return connections.with(Budget.of(BATCH_PATIENCE), work);
  }

  private void pause() {
    LockSupport.parkNanos(this, PAUSE_NANOS);
  }

  /** Says when a time limit is over. */
  private static final class Stopwatch {

    private final long end;

    Stopwatch(Duration limit) {
      this.end = System.nanoTime() + limit.toNanos();
    }

    boolean isOver() {
      return System.nanoTime() - end >= 0;
    }
  }
}
