package dev.hookbus.store;

import java.util.Map;

/**
 * Derives the statistics from the log. A watermark, moved in the same transaction, says up to which
 * row the log has been counted; so a hook pays for nothing but its log row, every row is counted
 * exactly once whoever does it, and a killed process leaves nothing uncounted.
 *
 * <p>The rows, which never change, are read and added up before the transaction, so that other
 * writers wait only for the sums; and as many of them as there is room for in one transaction's
 * sums, since a period costs the same whatever is added to it.
 */
final class RollUp {

  /** So few rows that threads which share the connection wait a moment only. */
  private static final int READ_ROWS = 1_000;

  /** So few periods that other writers wait for some milliseconds at the most. */
  private static final int ENOUGH_MINUTES = 300;

  private static final int ENOUGH_ROWS = 50_000;

  private static final String LAST =
      """
      SELECT max(log_id) FROM (
        SELECT log_id FROM hook_logs WHERE log_id > ? ORDER BY log_id LIMIT ?) AS uncounted
      """;

  private static final String COUNTED_UP_TO =
      "SELECT value FROM hookbus_meta WHERE name = 'rollup_watermark'";

  /** Reads the watermark and, in a transaction, keeps others from moving it. */
  static final String WATERMARK = COUNTED_UP_TO + " {for update}";

  private static final String HISTOGRAM =
      "SELECT latency FROM hook_metrics WHERE hook_name = ? AND resolution = ? AND period = ?";

  /** Adds to the row of a hook and period that is there; histograms are added up before. */
  static final String TO_WHAT_IS_THERE =
      """
      ON CONFLICT (hook_name, resolution, period) DO UPDATE SET
        call_count = hook_metrics.call_count + excluded.call_count,
        success_count = hook_metrics.success_count + excluded.success_count,
        failure_count = hook_metrics.failure_count + excluded.failure_count,
        dedupe_hits = hook_metrics.dedupe_hits + excluded.dedupe_hits,
        degraded_count = hook_metrics.degraded_count + excluded.degraded_count,
        total_duration_ms = hook_metrics.total_duration_ms + excluded.total_duration_ms,
        total_overhead_ms = hook_metrics.total_overhead_ms + excluded.total_overhead_ms,
        total_payload_bytes = hook_metrics.total_payload_bytes + excluded.total_payload_bytes,
        latency = excluded.latency
      """;

  private static final String ADD =
      """
      INSERT INTO hook_metrics
        (hook_name, resolution, period, call_count, success_count, failure_count, dedupe_hits,
         degraded_count, total_duration_ms, total_overhead_ms, total_payload_bytes, latency)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
          + TO_WHAT_IS_THERE;

  private static final String MOVE_WATERMARK =
      "UPDATE hookbus_meta SET value = ? WHERE name = 'rollup_watermark'";

  private PeriodSums sums = new PeriodSums();
  private long after = -1;
  private long last = -1;
  private long rows;

  /**
   * Reads some more rows that were not counted yet, and counts those it has read when they are
   * enough, or all.
   *
   * @return whether there may be more
   */
  boolean next(Session session) throws DatabaseException {
    boolean more = read(session);
    if (more && sums.minutes() < ENOUGH_MINUTES && rows < ENOUGH_ROWS) {
      return true;
    }
    return !write(session) || more;
  }

  private boolean read(Session session) throws DatabaseException {
    if (last < 0) {
      after = session.number(COUNTED_UP_TO);
      last = after;
    }
    Query statement = session.prepared(LAST);
    statement.bind(1, last);
    statement.bind(2, READ_ROWS);
    long to;
    try (Rows found = statement.rows()) {
      if (!found.next() || found.isNull(1)) {
        return false;
      }
      to = found.getLong(1);
    }
    session.awaitWriters();
    rows += sums.addRows(session, last, to);
    last = to;
    return true;
  }

  /**
   * Counts what was read, in one transaction.
   *
   * @return whether that was still to be done: {@code false} if another process has counted these
   *     rows meanwhile
   */
  boolean write(Session session) throws DatabaseException {
    long from = after;
    long to = last;
    Map<PeriodSums.Period, PeriodSums.Sums> periods = sums.all();
    sums = new PeriodSums();
    after = -1;
    last = -1;
    rows = 0;
    if (to <= from) {
      return true;
    }
    return session.inTransaction(
        locked -> {
          if (locked.number(WATERMARK) != from) {
            return false;
          }
          for (Map.Entry<PeriodSums.Period, PeriodSums.Sums> each : periods.entrySet()) {
            add(locked, each.getKey(), each.getValue());
          }
          Query move = locked.prepared(MOVE_WATERMARK);
          move.bind(1, to);
          move.update();
          return true;
        });
  }

  private static void add(Session session, PeriodSums.Period period, PeriodSums.Sums sums)
      throws DatabaseException {
    Query histogram = session.prepared(HISTOGRAM);
    bind(histogram, period);
    try (Rows rows = histogram.rows()) {
      if (rows.next()) {
        sums.latency.add(rows.getTextOrNull(1));
      }
    }
    Query add = session.prepared(ADD);
    bind(add, period);
    add.bind(4, sums.calls);
    add.bind(5, sums.successes);
    add.bind(6, sums.failures);
    add.bind(7, sums.dedupeHits);
    add.bind(8, sums.degraded);
    add.bind(9, sums.durationMillis);
    add.bind(10, sums.overheadMillis);
    add.bind(11, sums.payloadBytes);
    add.bind(12, sums.latency.toText());
    add.update();
  }

  private static void bind(Query query, PeriodSums.Period period) throws DatabaseException {
    query.bind(1, period.hook());
    query.bind(2, period.resolution().seconds());
    query.bind(3, period.start());
  }
}
