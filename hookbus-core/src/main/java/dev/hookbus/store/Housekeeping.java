package dev.hookbus.store;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is uncounted and removes what is too old, in {@linkplain Pace steps} with rests
 * between them, because one large delete would stall every hook of the machine for a second.
 */
final class Housekeeping {

  private static final int SPACE_PAGES = 1_000;
  private static final Duration BATCH_PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Connections connections;
  private final DedupeKeys keys;
  private final HookLogs logs;
  private final @Nullable EventFeed feed;
  private final LongSupplier clockOffset;
  private final Runnable wrote;
  private final CleanupLease lease;

  Housekeeping(
      Database database,
      Connections connections,
      DedupeKeys keys,
      HookLogs logs,
      @Nullable EventFeed feed,
      LongSupplier clockOffset,
      Runnable wrote) {
    this.database = database;
    this.connections = connections;
    this.keys = keys;
    this.logs = logs;
    this.feed = feed;
    this.clockOffset = clockOffset;
    this.wrote = wrote;
    this.lease = new CleanupLease(connections, clockOffset);
  }

  /**
   * Counts uncounted rows until none is left or the time is over.
   *
   * @return whether none is left
   */
  static boolean rollUp(Connections connections, Duration timeLimit) throws StoreException {
    return rollUp(connections, new Stopwatch(timeLimit), () -> {});
  }

  private static boolean rollUp(Connections connections, Stopwatch stopwatch, Between between)
      throws StoreException {
    RollUp rollUp = new RollUp();
    while (batch(connections, rollUp::next)) {
      if (stopwatch.isOver()) {
        batch(connections, rollUp::write);
        return false;
      }
      between.batches();
    }
    return true;
  }

  /** What is done between two batches. */
  @FunctionalInterface
  private interface Between {
    void batches() throws StoreException;
  }

  /** Does all that there is time for, if no other process is at it. */
  CleanupReport run(Duration retention, Duration timeLimit) throws StoreException {
    if (!lease.take()) {
      return new CleanupReport(0, 0, 0, false);
    }
    Stopwatch stopwatch = new Stopwatch(timeLimit);
    rollUp(connections, stopwatch, lease::keep);
    fillOutbox(stopwatch);
    long logRows = removeLogs(retention, stopwatch);
    long expired = removeKeys(stopwatch);
    long statisticRows = removeStatistics(stopwatch);
    giveBackSpace(stopwatch);
    lease.giveBack();
    return new CleanupReport(logRows, expired, statisticRows, !stopwatch.isOver());
  }

  /** What sinks have yet to hear of must not go with its log row. */
  private void fillOutbox(Stopwatch stopwatch) throws StoreException {
    EventFeed events = feed;
    if (events == null) {
      return; // a log that other machines share holds no events
    }
    Pace pace = newPace();
    while (batch(events::nextToTheEnd) && !stopwatch.isOver()) {
      stopwatch.rest(pace);
    }
  }

  private long removeLogs(Duration retention, Stopwatch stopwatch) throws StoreException {
    long age = retention.toMillis();
    Pace pace = newPace();
    long removed = 0;
    long last;
    // Looking for them needs no lock.
    while ((last = lastOld(age, pace.rows())) > 0 && !stopwatch.isOver()) {
      long upTo = last;
      removed +=
          batch(
              session ->
                  pace.step(
                      session,
                      locked -> logs.deleteOld(locked, upTo, age, clockOffset.getAsLong())));
      stopwatch.rest(pace);
    }
    return removed;
  }

  private long lastOld(long ageMillis, int rows) throws StoreException {
    return batch(session -> logs.lastOld(session, ageMillis, rows, clockOffset.getAsLong()));
  }

  private long removeKeys(Stopwatch stopwatch) throws StoreException {
    ExpiredKeys expired = database.expiredKeys(keys);
    Pace pace = newPace();
    long removed = 0;
    int last;
    do {
      last = batch(session -> expired.removeSome(session, pace));
      if (last > 0) {
        removed += last;
        stopwatch.rest(pace);
      }
    } while (last != ExpiredKeys.NONE_LEFT && !stopwatch.isOver());
    batch(
        session -> {
          expired.end(session);
          return true;
        });
    return removed;
  }

  private long removeStatistics(Stopwatch stopwatch) throws StoreException {
    long removed = 0;
    long now = batch(session -> session.now(clockOffset.getAsLong())) / 1000;
    Pace pace = newPace();
    for (String hook : batch(Statistics::hooks)) {
      for (Resolution resolution : Resolution.values()) {
        long before = now - resolution.kept().toSeconds();
        int last = 1;
        while (last > 0 && !stopwatch.isOver()) {
          last =
              batch(
                  session ->
                      pace.step(
                          session, locked -> Statistics.forget(locked, hook, resolution, before)));
          removed += last;
          stopwatch.rest(pace);
        }
      }
    }
    return removed;
  }

  private void giveBackSpace(Stopwatch stopwatch) throws StoreException {
    Pace pace = newPace();
    int given = 0;
    int last = 1;
    while (last > 0 && given < SPACE_PAGES && !stopwatch.isOver()) {
      last = batch(session -> database.giveBackSpace(session, pace));
      given += last;
      stopwatch.rest(pace);
    }
  }

  private Pace newPace() {
    return new Pace(database.hasOneWriter(), wrote);
  }

  private <T> T batch(Session.Work<T> work) throws StoreException {
    lease.keep();
    return batch(connections, work);
  }

  private static <T> T batch(Connections connections, Session.Work<T> work) throws StoreException {
    return connections.with(Budget.of(BATCH_PATIENCE), work);
  }

  /** Says when a time limit is over. */
  private static final class Stopwatch {

    private final long end;

    Stopwatch(Duration limit) {
      this.end = System.nanoTime() + limit.toNanos();
    }

    boolean isOver() {
      return leftNanos() <= 0;
    }

    void rest(Pace pace) {
      pace.rest(leftNanos());
    }

    private long leftNanos() {
      return end - System.nanoTime();
    }
  }
}
