package dev.hookbus.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derives the statistics from the log. A watermark, moved in the same transaction, says up to which
 * row the log has been counted; so a hook pays for nothing but its log row, every row is counted
 * exactly once whoever does it, and a killed process leaves nothing uncounted.
 */
final class RollUp {

  private static final String CHUNK =
      """
      SELECT w.value, (
        SELECT max(log_id) FROM (
          SELECT log_id FROM hook_logs WHERE log_id > w.value
          ORDER BY log_id LIMIT ?) AS uncounted)
      FROM hookbus_meta w WHERE w.name = 'rollup_watermark'
      """;

  /** Reads the watermark and, in a transaction, keeps others from moving it. */
  static final String WATERMARK =
      "SELECT value FROM hookbus_meta WHERE name = 'rollup_watermark' {for update}";

  private static final String HISTOGRAM =
      "SELECT latency FROM hook_metrics WHERE hook_name = ? AND resolution = ? AND period = ?";

  private static final String ADD =
      """
      INSERT INTO hook_metrics
        (hook_name, resolution, period, call_count, success_count, failure_count, dedupe_hits,
         degraded_count, total_duration_ms, total_overhead_ms, total_payload_bytes, latency)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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

  private static final String MOVE_WATERMARK =
      "UPDATE hookbus_meta SET value = ? WHERE name = 'rollup_watermark'";

  private RollUp() {}

  /**
   * Counts at most {@code limit} rows that were not counted yet, in one transaction. The rows,
   * which never change, are read and added up before it, so that other writers wait only for the
   * sums.
   *
   * @return whether there may be more
   */
  static boolean next(Session session, int limit) throws DatabaseException {
    Chunk chunk = chunk(session, limit);
    if (chunk == null) {
      return false;
    }
    session.awaitWriters();
    Map<PeriodSums.Period, PeriodSums.Sums> sums = PeriodSums.of(session, chunk.after, chunk.last);
    return session.inTransaction(
        locked -> {
          if (locked.number(WATERMARK) != chunk.after) {
            return true; // another process has counted these rows meanwhile
          }
          for (Map.Entry<PeriodSums.Period, PeriodSums.Sums> each : sums.entrySet()) {
            add(locked, each.getKey(), each.getValue());
          }
          Query move = locked.prepared(MOVE_WATERMARK);
          move.bind(1, chunk.last);
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

  private static @Nullable Chunk chunk(Session session, int limit) throws DatabaseException {
    Query statement = session.prepared(CHUNK);
    statement.bind(1, limit);
    try (Rows rows = statement.rows()) {
      if (!rows.next()) {
        return null;
      }
      return rows.isNull(2) ? null : new Chunk(rows.getLong(1), rows.getLong(2));
    }
  }

  private record Chunk(long after, long last) {}
}
