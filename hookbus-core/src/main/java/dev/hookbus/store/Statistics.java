package dev.hookbus.store;

import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;

/** Reads what the {@link RollUp} has counted, and forgets what is too old. */
final class Statistics {

  private static final String HOOKS = "SELECT DISTINCT hook_name FROM hook_metrics";

  private static final String CALLS =
      """
      SELECT coalesce(sum(success_count), 0), coalesce(sum(failure_count), 0),
        coalesce(sum(dedupe_hits), 0), coalesce(sum(degraded_count), 0),
        coalesce(sum(total_payload_bytes), 0), coalesce(sum(total_duration_ms), 0.0),
        coalesce(sum(total_overhead_ms), 0.0)
      FROM hook_metrics WHERE hook_name = ? AND resolution = ? AND period >= ? AND period < ?
      """;

  private static final String LATENCY =
      """
      SELECT bucket, sum(n) FROM hook_latency
      WHERE hook_name = ? AND resolution = ? AND period >= ? AND period < ?
      GROUP BY bucket
      """;

  private static final List<String> FORGET =
      List.of(forget("hook_latency"), forget("hook_metrics"));

  private static final double NANOS_PER_MILLI = 1e6;

  private Statistics() {}

  static List<String> hooks(Session session) throws DatabaseException {
    List<String> hooks = new ArrayList<>();
    try (Rows rows = session.prepared(HOOKS).rows()) {
      while (rows.next()) {
        hooks.add(rows.getText(1));
      }
    }
    return hooks;
  }

  /** What one hook did in a window. */
  static HookStats of(Session session, String hook, List<Window.Slice> window)
      throws DatabaseException {
    long[] counts = new long[5];
    double durationMillis = 0;
    double overheadMillis = 0;
    LatencyHistogram latency = new LatencyHistogram();
    for (Window.Slice slice : window) {
      try (Rows row = query(session, CALLS, hook, slice)) {
        if (row.next()) {
          for (int i = 0; i < counts.length; i++) {
            counts[i] += row.getLong(i + 1);
          }
          durationMillis += row.getDouble(6);
          overheadMillis += row.getDouble(7);
        }
      }
      try (Rows rows = query(session, LATENCY, hook, slice)) {
        while (rows.next()) {
          latency.add(rows.getInt(1), rows.getLong(2));
        }
      }
    }
    return new HookStats(
        hook,
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        Math.round(durationMillis * NANOS_PER_MILLI),
        Math.round(overheadMillis * NANOS_PER_MILLI),
        latency);
  }

  /**
   * Deletes the oldest of a hook's periods of one resolution that started before an epoch second.
   *
   * @return how many rows went; 0 when none is left
   */
  static int forget(Session session, String hook, Resolution resolution, long before)
      throws DatabaseException {
    int deleted = 0;
    for (String sql : FORGET) {
      Query statement = session.prepared(sql);
      statement.bind(1, hook);
      statement.bind(2, resolution.seconds());
      statement.bind(3, before);
      statement.bind(4, hook);
      statement.bind(5, resolution.seconds());
      deleted += statement.update();
    }
    return deleted;
  }

  /** At most an hour's worth of periods at a time, so that no other writer waits long. */
  private static String forget(String table) {
    return """
        DELETE FROM {table}
        WHERE hook_name = ? AND resolution = ? AND period < ? AND period < 3600 + (
          SELECT min(period) FROM {table} WHERE hook_name = ? AND resolution = ?)
        """
        .replace("{table}", table);
  }

  private static Rows query(Session session, String sql, String hook, Window.Slice slice)
      throws DatabaseException {
    Query statement = session.prepared(sql);
    statement.bind(1, hook);
    statement.bind(2, slice.resolution().seconds());
    statement.bind(3, slice.start());
    statement.bind(4, slice.end());
    return statement.rows();
  }
}
