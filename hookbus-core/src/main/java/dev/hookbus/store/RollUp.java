package dev.hookbus.store;

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
          SELECT log_id FROM hook_logs WHERE log_id > w.value AND log_id <= ?
          ORDER BY log_id LIMIT ?) AS uncounted)
      FROM hookbus_meta w WHERE w.name = 'rollup_watermark'
      """;

  private static final String LOCKED_CHUNK = CHUNK + " {for update}";

  private static final String COUNT_LATENCY =
      """
      INSERT INTO hook_latency (hook_name, resolution, period, bucket, n)
      SELECT hook_name, ?, created_ms / 1000 / ? * ? AS period, latency_bucket, count(*)
      FROM hook_logs
      WHERE log_id > ? AND log_id <= ? AND latency_bucket IS NOT NULL
      GROUP BY hook_name, period, latency_bucket
      ON CONFLICT (hook_name, resolution, period, bucket) DO UPDATE SET n = hook_latency.n + excluded.n
      """;

  private static final String COUNT_CALLS =
      """
      INSERT INTO hook_metrics
        (hook_name, resolution, period, call_count, success_count, failure_count, dedupe_hits,
         degraded_count, total_duration_ms, total_overhead_ms, total_payload_bytes)
      SELECT hook_name, ?, created_ms / 1000 / ? * ? AS period, count(*),
        count(*) FILTER (WHERE status = 'success'), count(*) FILTER (WHERE status = 'error'),
        count(*) FILTER (WHERE status = 'dedupe_skip'), sum(degraded),
        coalesce(sum(duration_ms), 0.0), coalesce(sum(overhead_ms), 0.0),
        sum(coalesce(payload_bytes, 0))
      FROM hook_logs
      WHERE log_id > ? AND log_id <= ?
      GROUP BY hook_name, period
      ON CONFLICT (hook_name, resolution, period) DO UPDATE SET
        call_count = hook_metrics.call_count + excluded.call_count,
        success_count = hook_metrics.success_count + excluded.success_count,
        failure_count = hook_metrics.failure_count + excluded.failure_count,
        dedupe_hits = hook_metrics.dedupe_hits + excluded.dedupe_hits,
        degraded_count = hook_metrics.degraded_count + excluded.degraded_count,
        total_duration_ms = hook_metrics.total_duration_ms + excluded.total_duration_ms,
        total_overhead_ms = hook_metrics.total_overhead_ms + excluded.total_overhead_ms,
        total_payload_bytes = hook_metrics.total_payload_bytes + excluded.total_payload_bytes
      """;

  private static final String MOVE_WATERMARK =
      "UPDATE hookbus_meta SET value = ? WHERE name = 'rollup_watermark'";

  private RollUp() {}

  /**
   * Counts at most {@code limit} rows that were not counted yet, in one transaction.
   *
   * @return whether there may be more
   */
  static boolean next(Session session, int limit) throws DatabaseException {
    Chunk seen = chunk(session, CHUNK, Long.MAX_VALUE, limit);
    if (seen == null) {
      return false;
    }
    session.awaitWriters();
    return session.inTransaction(
        locked -> {
          // Another process may have counted these rows before we got the lock.
          Chunk chunk = chunk(locked, LOCKED_CHUNK, seen.last, limit);
          if (chunk == null) {
            return false;
          }
          for (Resolution resolution : Resolution.values()) {
            count(locked, COUNT_LATENCY, resolution, chunk);
            count(locked, COUNT_CALLS, resolution, chunk);
          }
          Query move = locked.prepared(MOVE_WATERMARK);
          move.bind(1, chunk.last);
          move.update();
          return true;
        });
  }

  private static @Nullable Chunk chunk(Session session, String sql, long upTo, int limit)
      throws DatabaseException {
    Query statement = session.prepared(sql);
    statement.bind(1, upTo);
    statement.bind(2, limit);
    try (Rows rows = statement.rows()) {
      if (!rows.next()) {
        return null;
      }
      return rows.isNull(2) ? null : new Chunk(rows.getLong(1), rows.getLong(2));
    }
  }

  private static void count(Session session, String sql, Resolution resolution, Chunk chunk)
      throws DatabaseException {
    Query statement = session.prepared(sql);
    statement.bind(1, resolution.seconds());
    statement.bind(2, resolution.seconds());
    statement.bind(3, resolution.seconds());
    statement.bind(4, chunk.after);
    statement.bind(5, chunk.last);
    statement.update();
  }

  private record Chunk(long after, long last) {}
}
