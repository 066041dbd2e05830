package dev.hookbus.store;

import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.metrics.LatencyBuckets;
import dev.hookbus.payload.BoundedPayload;
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

  /** The columns of an execution, in the order in which they are bound. */
  static final String COLUMNS =
      "correlation_id, hook_name, event_type, tool_name, status, duration_ms, payload_bytes,"
          + " compressed, payload, error, created_ms, run_id, session_id, overhead_ms,"
          + " latency_bucket, degraded, truncated, payload_sha256, redactions";

  static final int COLUMN_COUNT = 19;

  private static final String INSERT =
      "INSERT INTO hook_logs ("
          + COLUMNS
          + ", event_nonce, tool_use_id, event_source)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String TAIL =
      """
      SELECT log_id, created_ms, correlation_id, run_id, session_id, hook_name, event_type,
        tool_name, status, duration_ms, overhead_ms, payload_bytes, degraded, error
      FROM hook_logs
      WHERE log_id > ? AND (hook_name = ? OR ? IS NULL)
      ORDER BY log_id DESC LIMIT ?
      """;

  // The newest row always stays: row IDs must keep growing, for the roll-up's sake.
  private static final String LAST_OLD =
      """
      SELECT max(log_id) FROM (
        SELECT log_id, created_ms FROM hook_logs
        WHERE log_id < (SELECT max(log_id) FROM hook_logs)
          AND log_id <= (
            SELECT min(value) FROM hookbus_meta
            WHERE name IN ('rollup_watermark', 'outbox_watermark'))
        ORDER BY log_id LIMIT ?) AS oldest
      WHERE created_ms < (SELECT {now + ?}) - ?
      """;

  // The clock in a query of its own is read once, not for every row.
  private static final String DELETE_OLD =
      "DELETE FROM hook_logs WHERE log_id <= ? AND created_ms < (SELECT {now + ?}) - ?";

  /**
   * Inserts one row.
   *
   * @param enteredNanos when the store was asked, so that its own time counts as overhead
   */
  void insert(Session session, Execution execution, long enteredNanos) throws DatabaseException {
    Query row = session.prepared(INSERT);
    bind(row, execution, enteredNanos, false);
    bindAnnouncement(row, execution.announcement());
    row.update();
  }

  /**
   * Binds an execution to the first parameters.
   *
   * @param bytesOnly whether a payload is bytes even where it is text
   */
  static void bind(Query row, Execution execution, long enteredNanos, boolean bytesOnly)
      throws DatabaseException {
    boolean ran = execution.status() != ExecutionStatus.DEDUPE_SKIP;
    row.bind(1, execution.correlationId());
    row.bind(2, execution.hook());
    row.bind(3, execution.event());
    row.bind(4, execution.tool());
    row.bind(5, execution.status().text());
    row.bind(6, execution.durationNanos() / NANOS_PER_MILLI);
    bindPayload(row, execution.payload(), execution.keepPayload(), bytesOnly);
    row.bind(10, execution.error());
    row.bind(11, execution.createdMillis());
    row.bind(12, execution.runId());
    row.bind(13, execution.sessionId());
    if (ran) {
      row.bind(15, LatencyBuckets.indexOf(execution.durationNanos()));
    } else {
      row.bindNull(15);
    }
    row.bind(16, execution.degraded() ? 1 : 0);
    long overhead = execution.overheadNanos() + (System.nanoTime() - enteredNanos);
    row.bind(14, overhead / NANOS_PER_MILLI);
  }

  private static void bindPayload(
      Query row, @Nullable BoundedPayload payload, boolean keep, boolean bytesOnly)
      throws DatabaseException {
    if (payload == null || payload.dropped()) {
      row.bind(7, payload == null ? 0 : payload.originalBytes());
      row.bind(8, 0);
      row.bindNull(9);
      row.bind(17, 0);
      row.bindNull(18);
      row.bindNull(19);
      return;
    }
    row.bind(7, payload.originalBytes());
    row.bind(8, keep && payload.compressed() ? 1 : 0);
    if (!keep) {
      row.bindNull(9);
    } else if (bytesOnly || payload.compressed()) {
      row.bind(9, payload.bytes());
    } else {
      row.bind(9, payload.text());
    }
    row.bind(17, payload.truncated() ? 1 : 0);
    row.bind(18, payload.sha256());
    row.bind(19, json(payload.redactions()));
  }

  private static void bindAnnouncement(Query row, @Nullable Announcement announcement)
      throws DatabaseException {
    if (announcement == null) {
      row.bindNull(COLUMN_COUNT + 1);
      row.bindNull(COLUMN_COUNT + 2);
      row.bindNull(COLUMN_COUNT + 3);
      return;
    }
    row.bind(COLUMN_COUNT + 1, announcement.nonce());
    row.bind(COLUMN_COUNT + 2, announcement.toolUseId());
    row.bind(COLUMN_COUNT + 3, announcement.source());
  }

  private static @Nullable String json(Map<String, Integer> redactions) {
    if (redactions.isEmpty()) {
      return null;
    }
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, Integer> entry : new TreeMap<>(redactions).entrySet()) {
      json.append(json.length() == 1 ? "\"" : ",\"")
          .append(entry.getKey())
          .append("\":")
          .append(entry.getValue().intValue());
    }
    return json.append('}').toString();
  }

  List<LogEntry> tail(Session session, long afterId, @Nullable String hook, int limit)
      throws DatabaseException {
    Query statement = session.prepared(TAIL);
    statement.bind(1, afterId);
    statement.bind(2, hook);
    statement.bind(3, hook);
    statement.bind(4, limit);
    List<LogEntry> entries = new ArrayList<>();
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        entries.add(
            new LogEntry(
                rows.getLong(1),
                Instant.ofEpochMilli(rows.getLong(2)),
                rows.getText(3),
                rows.getText(4),
                rows.getText(5),
                rows.getText(6),
                rows.getText(7),
                rows.getTextOrNull(8),
                rows.getText(9),
                rows.getDouble(10),
                rows.getDouble(11),
                rows.getLong(12),
                rows.getInt(13) != 0,
                rows.getTextOrNull(14)));
      }
    }
    Collections.reverse(entries);
    return entries;
  }

  /**
   * Finds rows older than {@code maxAgeMillis} among the {@code limit} oldest ones that the
   * statistics have counted and the outbox has taken its events from.
   *
   * @return the ID of the last of them; 0 if there are none
   */
  long lastOld(Session session, long maxAgeMillis, int limit, long clockOffset)
      throws DatabaseException {
    Query statement = session.prepared(LAST_OLD);
    statement.bind(1, limit);
    statement.bind(2, clockOffset);
    statement.bind(3, maxAgeMillis);
    try (Rows rows = statement.rows()) {
      return rows.next() && !rows.isNull(1) ? rows.getLong(1) : 0;
    }
  }

  /** Deletes the rows up to {@code last} that are older than {@code maxAgeMillis}. */
  int deleteOld(Session session, long last, long maxAgeMillis, long clockOffset)
      throws DatabaseException {
    Query statement = session.prepared(DELETE_OLD);
    statement.bind(1, last);
    statement.bind(2, clockOffset);
    statement.bind(3, maxAgeMillis);
    return statement.update();
  }
}
