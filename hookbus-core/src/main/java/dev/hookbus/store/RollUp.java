package dev.hookbus.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Derives the statistics from the log. A watermark, moved in the same transaction, says up to which
 * row the log has been counted; so a hook pays for nothing but its log row, every row is counted
 * exactly once whoever does it, and a killed process leaves nothing uncounted.
 */
final class RollUp {

  /** The watermark's name in {@code hookbus_meta}. */
  static final String WATERMARK = "rollup_watermark";

  private static final String CHUNK =
      """
      SELECT w.value, (
        SELECT max(log_id) FROM (
          SELECT log_id FROM hook_logs WHERE log_id > w.value ORDER BY log_id LIMIT ?))
      FROM hookbus_meta w WHERE w.name = '%s'
      """
          .formatted(WATERMARK);

  private static final String COUNT_LATENCY =
      """
      INSERT INTO hook_latency (hook_name, resolution, period, bucket, n)
      SELECT hook_name, ?1, created_ms / 1000 / ?1 * ?1 AS period, latency_bucket, count(*)
      FROM hook_logs
      WHERE log_id > ?2 AND log_id <= ?3 AND latency_bucket IS NOT NULL
      GROUP BY hook_name, period, latency_bucket
      ON CONFLICT (hook_name, resolution, period, bucket) DO UPDATE SET n = n + excluded.n
      """;

  private static final String COUNT_CALLS =
      """
      INSERT INTO hook_metrics
        (hook_name, resolution, period, call_count, success_count, failure_count, dedupe_hits,
         degraded_count, total_duration_ms, total_overhead_ms, total_payload_bytes)
      SELECT hook_name, ?1, created_ms / 1000 / ?1 * ?1 AS period, count(*),
        sum(status = 'success'), sum(status = 'error'), sum(status = 'dedupe_skip'),
        sum(degraded), total(duration_ms), total(overhead_ms), sum(ifnull(payload_bytes, 0))
      FROM hook_logs
      WHERE log_id > ?2 AND log_id <= ?3
      GROUP BY hook_name, period
      ON CONFLICT (hook_name, resolution, period) DO UPDATE SET
        call_count = call_count + excluded.call_count,
        success_count = success_count + excluded.success_count,
        failure_count = failure_count + excluded.failure_count,
        dedupe_hits = dedupe_hits + excluded.dedupe_hits,
        degraded_count = degraded_count + excluded.degraded_count,
        total_duration_ms = total_duration_ms + excluded.total_duration_ms,
        total_overhead_ms = total_overhead_ms + excluded.total_overhead_ms,
        total_payload_bytes = total_payload_bytes + excluded.total_payload_bytes
      """;

  private static final String MOVE_WATERMARK =
      "UPDATE hookbus_meta SET value = ? WHERE name = '%s'".formatted(WATERMARK);

  private RollUp() {}

  /**
   * Counts at most {@code limit} rows that were not counted yet, in one transaction.
   *
   * @return whether there may be more
   */
  static boolean next(Session session, int limit) throws SQLException {
    if (chunk(session, limit) == null) {
      return false;
    }
    return session.inTransaction(
        locked -> {
          // Another process may have counted these rows before we got the lock.
          Chunk chunk = chunk(locked, limit);
          if (chunk == null) {
            return false;
          }
          for (Resolution resolution : Resolution.values()) {
            count(locked, COUNT_LATENCY, resolution, chunk);
            count(locked, COUNT_CALLS, resolution, chunk);
          }
          PreparedStatement move = locked.prepared(MOVE_WATERMARK);
          move.setLong(1, chunk.last);
          move.executeUpdate();
          return true;
        });
  }

  private static @Nullable Chunk chunk(Session session, int limit) throws SQLException {
    PreparedStatement statement = session.prepared(CHUNK);
    statement.setInt(1, limit);
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      long after = rows.getLong(1);
      long last = rows.getLong(2);
      return rows.wasNull() ? null : new Chunk(after, last);
    }
  }

  private static void count(Session session, String sql, Resolution resolution, Chunk chunk)
      throws SQLException {
    PreparedStatement statement = session.prepared(sql);
    statement.setLong(1, resolution.seconds());
    statement.setLong(2, chunk.after);
    statement.setLong(3, chunk.last);
    statement.executeUpdate();
  }

  private record Chunk(long after, long last) {}
}
