package dev.hookbus.store;

import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.metrics.LatencyBuckets;
import dev.hookbus.payload.BoundedPayload;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The log table: one row per guarded call. Everything else the store counts is derived from it. */
final class HookLogs {

  private static final double NANOS_PER_MILLI = 1e6;

  private static final String INSERT =
      """
      INSERT INTO hook_logs
        (correlation_id, hook_name, event_type, tool_name, status, duration_ms, payload_bytes,
         compressed, payload, error, created_ms, run_id, session_id, overhead_ms, latency_bucket,
         degraded, truncated, payload_sha256, redactions)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String TAIL =
      """
      SELECT log_id, created_ms, correlation_id, run_id, session_id, hook_name, event_type,
        tool_name, status, duration_ms, overhead_ms, payload_bytes, degraded, error
      FROM hook_logs
      WHERE log_id > ? AND (hook_name = ? OR ? IS NULL)
      ORDER BY log_id DESC LIMIT ?
      """;

  // The newest row always stays: row IDs must keep growing, for the roll-up's sake.
  private static final String DELETE_OLDEST =
      """
      DELETE FROM hook_logs WHERE log_id IN (
        SELECT log_id FROM (
          SELECT log_id, created_ms FROM hook_logs
          WHERE log_id < (SELECT max(log_id) FROM hook_logs)
            AND log_id <= (SELECT value FROM hookbus_meta WHERE name = '%s')
          ORDER BY log_id LIMIT ?)
        WHERE created_ms < %s - ?)
      """
          .formatted(RollUp.WATERMARK, Sql.NOW);

  /**
   * Inserts one row.
   *
   * @param enteredNanos when the store was asked, so that its own time counts as overhead
   */
  void insert(Session session, Execution execution, long enteredNanos) throws SQLException {
    PreparedStatement row = session.prepared(INSERT);
    boolean ran = execution.status() != ExecutionStatus.DEDUPE_SKIP;
    row.setString(1, execution.correlationId());
    row.setString(2, execution.hook());
    row.setString(3, execution.event());
    row.setString(4, execution.tool());
    row.setString(5, execution.status().text());
    row.setDouble(6, execution.durationNanos() / NANOS_PER_MILLI);
    bindPayload(row, execution.payload(), execution.keepPayload());
    row.setString(10, execution.error());
    row.setLong(11, execution.createdMillis());
    row.setString(12, execution.runId());
    row.setString(13, execution.sessionId());
    if (ran) {
      row.setInt(15, LatencyBuckets.indexOf(execution.durationNanos()));
    } else {
      row.setNull(15, Types.INTEGER);
    }
    row.setInt(16, execution.degraded() ? 1 : 0);
    long overhead = execution.overheadNanos() + (System.nanoTime() - enteredNanos);
    row.setDouble(14, overhead / NANOS_PER_MILLI);
    row.executeUpdate();
  }

  private static void bindPayload(
      PreparedStatement row, @Nullable BoundedPayload payload, boolean keep) throws SQLException {
    if (payload == null || payload.dropped()) {
      row.setLong(7, payload == null ? 0 : payload.originalBytes());
      row.setInt(8, 0);
      row.setNull(9, Types.BLOB);
      row.setInt(17, 0);
      row.setNull(18, Types.BLOB);
      row.setNull(19, Types.VARCHAR);
      return;
    }
    row.setLong(7, payload.originalBytes());
    row.setInt(8, keep && payload.compressed() ? 1 : 0);
    if (!keep) {
      row.setNull(9, Types.BLOB);
    } else if (payload.compressed()) {
      row.setBytes(9, payload.bytes());
    } else {
      row.setString(9, payload.text());
    }
    row.setInt(17, payload.truncated() ? 1 : 0);
    row.setBytes(18, payload.sha256());
    row.setString(19, json(payload.redactions()));
  }

  private static @Nullable String json(Map<String, Integer> redactions) {
    if (redactions.isEmpty()) {
      return null;
    }
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(redactions)
        .forEach(
            (kind, count) ->
                json.append(json.length() == 1 ? "\"" : ",\"")
                    .append(kind)
                    .append("\":")
                    .append(count));
    return json.append('}').toString();
  }

  List<LogEntry> tail(Session session, long afterId, @Nullable String hook, int limit)
      throws SQLException {
    PreparedStatement statement = session.prepared(TAIL);
    statement.setLong(1, afterId);
    statement.setString(2, hook);
    statement.setString(3, hook);
    statement.setInt(4, limit);
    List<LogEntry> entries = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new LogEntry(
                rows.getLong(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                rows.getString(7),
                rows.getString(8),
                rows.getString(9),
                rows.getDouble(10),
                rows.getDouble(11),
                rows.getLong(12),
                rows.getInt(13) != 0,
                rows.getString(14)));
      }
    }
    Collections.reverse(entries);
    return entries;
  }

  /**
   * Deletes rows older than {@code maxAgeMillis} among the {@code limit} oldest ones that the
   * statistics have counted.
   */
  int deleteOldest(Session session, long maxAgeMillis, int limit, long clockOffset)
      throws SQLException {
    PreparedStatement statement = session.prepared(DELETE_OLDEST);
    statement.setInt(1, limit);
    statement.setLong(2, clockOffset);
    statement.setLong(3, maxAgeMillis);
    return statement.executeUpdate();
  }
}
