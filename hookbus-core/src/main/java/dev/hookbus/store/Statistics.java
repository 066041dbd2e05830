package dev.hookbus.store;

import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.LatencyHistogram;
import java.util.ArrayList;
import java.util.List;

/** Reads what the {@link RollUp} has counted, and forgets what is too old. */
final class Statistics {

  private static final String NEXT_HOOK =
      "SELECT min(hook_name) FROM hook_metrics WHERE hook_name > ?";

  private static final String PERIODS =
      """
      SELECT success_count, failure_count, dedupe_hits, degraded_count, total_payload_bytes,
        total_duration_ms, total_overhead_ms, latency
      FROM hook_metrics WHERE hook_name = ? AND resolution = ? AND period >= ? AND period < ?
      """;

  /** At most an hour's worth of periods at a time, so that no other writer waits long. */
  private static final String FORGET =
      """
      DELETE FROM hook_metrics
      WHERE hook_name = ? AND resolution = ? AND period < ? AND period < 3600 + (
        SELECT min(period) FROM hook_metrics WHERE hook_name = ? AND resolution = ?)
      """;

  private static final double NANOS_PER_MILLI = 1e6;

  private Statistics() {}

  /** The hooks there are, found by leaps: a search for distinct names would read every period. */
  static List<String> hooks(Session session) throws DatabaseException {
    List<String> hooks = new ArrayList<>();
    Query query = session.prepared(NEXT_HOOK);
    String last = "";
    while (last != null) {
      query.bind(1, last);
      try (Rows rows = query.rows()) {
        last = rows.next() ? rows.getTextOrNull(1) : null;
      }
      if (last != null) {
        hooks.add(last);
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
      try (Rows rows = query(session, hook, slice)) {
        while (rows.next()) {
          for (int i = 0; i < counts.length; i++) {
            counts[i] += rows.getLong(i + 1);
          }
          durationMillis += rows.getDouble(6);
          overheadMillis += rows.getDouble(7);
          BucketCounts.addTo(latency, rows.getTextOrNull(8));
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
    Query statement = session.prepared(FORGET);
    statement.bind(1, hook);
    statement.bind(2, resolution.seconds());
    statement.bind(3, before);
    statement.bind(4, hook);
    statement.bind(5, resolution.seconds());
    return statement.update();
  }

  private static Rows query(Session session, String hook, Window.Slice slice)
      throws DatabaseException {
    Query statement = session.prepared(PERIODS);
    statement.bind(1, hook);
    statement.bind(2, slice.resolution().seconds());
    statement.bind(3, slice.start());
    statement.bind(4, slice.end());
    return statement.rows();
  }
}
