package dev.hookbus.store;

import dev.hookbus.metrics.ExecutionStatus;
import java.util.HashMap;
import java.util.Map;

/** What some rows of the log add to the statistics, by hook and period. */
final class PeriodSums {

  /** One row of the statistics. */
  record Period(String hook, Resolution resolution, long start) {}

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
  }

  private static final String ROWS =
      """
      SELECT hook_name, created_ms, status, degraded, duration_ms, overhead_ms, payload_bytes,
        coalesce(latency_bucket, -1)
      FROM hook_logs WHERE log_id > ? AND log_id <= ?
      """;

  private final Map<Period, Sums> sums = new HashMap<>();

  /** Adds up the rows behind {@code after}, up to and with {@code last}. */
  static Map<Period, Sums> of(Session session, long after, long last) throws DatabaseException {
    PeriodSums periods = new PeriodSums();
    Query query = session.prepared(ROWS);
    query.bind(1, after);
    query.bind(2, last);
    try (Rows rows = query.rows()) {
      while (rows.next()) {
        periods.add(rows);
      }
    }
    return periods.sums;
  }

  private void add(Rows row) throws DatabaseException {
    String hook = row.getText(1);
    long second = Math.floorDiv(row.getLong(2), 1000);
    String status = row.getText(3);
    long degraded = row.getLong(4);
    double durationMillis = row.getDouble(5);
    double overheadMillis = row.getDouble(6);
    long payloadBytes = row.getLong(7);
    int bucket = row.getInt(8);
    for (Resolution resolution : Resolution.values()) {
      Sums to =
          sums.computeIfAbsent(
              new Period(hook, resolution, resolution.floor(second)), period -> new Sums());
      to.calls++;
      if (status.equals(ExecutionStatus.SUCCESS.text())) {
        to.successes++;
      } else if (status.equals(ExecutionStatus.ERROR.text())) {
        to.failures++;
      } else if (status.equals(ExecutionStatus.DEDUPE_SKIP.text())) {
        to.dedupeHits++;
      }
      to.degraded += degraded;
      to.durationMillis += durationMillis;
      to.overheadMillis += overheadMillis;
      to.payloadBytes += payloadBytes;
      if (bucket >= 0) {
        to.latency.add(bucket, 1);
      }
    }
  }
}
