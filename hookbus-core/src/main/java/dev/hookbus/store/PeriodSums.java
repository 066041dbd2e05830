package dev.hookbus.store;

import java.util.HashMap;
import java.util.Map;

/**
 * What some rows of the log add to the statistics, by hook and period. Each row is added to its
 * minute; hours and days are summed up from minutes when they are asked for.
 */
final class PeriodSums {

  /** One row of the statistics. */
  record Period(String hook, Resolution resolution, long start) {

    Period in(Resolution coarser) {
      return new Period(hook, coarser, coarser.floor(start));
    }
  }

  /** What is added to it. */
  static final class Sums {
    long calls;
    long successes;
    long failures;
    long dedupeHits;
    long degraded;
    double durationMillis;
    double overheadMillis;
    long payloadBytes;
    final BucketCounts latency = new BucketCounts();

    private void add(Sums other) {
      calls += other.calls;
      successes += other.successes;
      failures += other.failures;
      dedupeHits += other.dedupeHits;
      degraded += other.degraded;
      durationMillis += other.durationMillis;
      overheadMillis += other.overheadMillis;
      payloadBytes += other.payloadBytes;
      latency.add(other.latency);
    }
  }

  /** The minute a hook's last row was in: mostly that of its next one too. */
  private static final class Latest {
    long minute = Long.MIN_VALUE;
    Sums sums = new Sums();
  }

  private static final int SUCCESS = 1;
  private static final int ERROR = 2;
  private static final int DEDUPE_SKIP = 3;

  /** One text in a row: to fetch a text takes as long as three numbers. */
  private static final String ROWS =
      """
      SELECT hook_name, created_ms,
        CASE status WHEN 'success' THEN 1 WHEN 'error' THEN 2 WHEN 'dedupe_skip' THEN 3 END,
        degraded, duration_ms, overhead_ms, payload_bytes, coalesce(latency_bucket, -1)
      FROM hook_logs WHERE log_id > ? AND log_id <= ?
      """;

  private final Map<Period, Sums> minutes = new HashMap<>();
  private final Map<String, Latest> latest = new HashMap<>();

  /** How many periods of the finest resolution there are. */
  int minutes() {
    return minutes.size();
  }

  /**
   * Adds the rows behind {@code after}, up to and with {@code last}.
   *
   * @return how many there were
   */
  int addRows(Session session, long after, long last) throws DatabaseException {
    int count = 0;
    Query query = session.prepared(ROWS);
    query.bind(1, after);
    query.bind(2, last);
    try (Rows rows = query.rows()) {
      while (rows.next()) {
        add(rows);
        count++;
      }
    }
    return count;
  }

  private void add(Rows row) throws DatabaseException {
    Sums to = minute(row.getText(1), Math.floorDiv(row.getLong(2), 1000));
    int status = row.getInt(3);
    to.calls++;
    to.successes += status == SUCCESS ? 1 : 0;
    to.failures += status == ERROR ? 1 : 0;
    to.dedupeHits += status == DEDUPE_SKIP ? 1 : 0;
    to.degraded += row.getLong(4);
    to.durationMillis += row.getDouble(5);
    to.overheadMillis += row.getDouble(6);
    to.payloadBytes += row.getLong(7);
    int bucket = row.getInt(8);
    if (bucket >= 0) {
      to.latency.add(bucket, 1);
    }
  }

  private Sums minute(String hook, long second) {
    long minute = Resolution.MINUTE.floor(second);
    Latest of = latest.computeIfAbsent(hook, name -> new Latest());
    if (of.minute != minute) {
      of.minute = minute;
      of.sums =
          minutes.computeIfAbsent(
              new Period(hook, Resolution.MINUTE, minute), period -> new Sums());
    }
    return of.sums;
  }

  /** The sums of all periods, of every resolution. */
  Map<Period, Sums> all() {
    Map<Period, Sums> all = new HashMap<>(minutes);
    for (Resolution coarser : new Resolution[] {Resolution.HOUR, Resolution.DAY}) {
      minutes.forEach(
          (minute, sums) ->
              all.computeIfAbsent(minute.in(coarser), period -> new Sums()).add(sums));
    }
    return all;
  }
}
