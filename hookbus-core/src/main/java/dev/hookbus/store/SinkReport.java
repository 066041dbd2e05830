package dev.hookbus.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How every sink stands, for people and their dashboards. */
final class SinkReport {

  private static final String READ =
      """
      SELECT s.sink, s.cursor, s.attempts, s.pause_ms, s.next_ms, s.last_error, s.breaker,
        s.delivered, s.success_ms, s.failure_ms, s.paused,
        s.owner IS NOT NULL AND s.lease_ms > {now + ?} AS leased,
        (SELECT count(*) FROM outbox o
         WHERE o.seq > s.cursor AND (o.sink IS NULL OR o.sink = s.sink)) AS backlog,
        (SELECT created_ms FROM outbox o
         WHERE o.seq > s.cursor AND (o.sink IS NULL OR o.sink = s.sink)
         ORDER BY o.seq LIMIT 1) AS oldest,
        (SELECT count(*) FROM dead_letters d WHERE d.sink = s.sink) AS dead,
        s.rate_minute, s.rate_now, s.rate_before
      FROM sink_state s ORDER BY s.sink
      """;

  private final LongSupplier clockOffset;
  private final SinkDrops drops;

  SinkReport(LongSupplier clockOffset, SinkDrops drops) {
    this.clockOffset = clockOffset;
    this.drops = drops;
  }

  /**
   * Reads it.
   *
   * @param announced what waits in the log, for all of them
   */
  List<OutboxStatus> read(Session session, EventFeed.Waiting announced) throws DatabaseException {
    long offset = clockOffset.getAsLong();
    long now = System.currentTimeMillis() + offset;
    Map<String, Map<String, Long>> dropped = drops.read(session);
    Query statement = session.prepared(READ);
    statement.bind(1, offset);
    List<OutboxStatus> status = new ArrayList<>();
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        String sink = rows.getText(1);
        status.add(
            new OutboxStatus(
                sink,
                rows.getLong(13) + announced.calls(),
                rows.isNull(14) ? announced.oldest() : instant(rows, 14),
                rows.getLong(8),
                new DeliveryRate(rows.getLong(16), rows.getLong(17), rows.getLong(18)).at(now),
                rows.getLong(15),
                dropped.getOrDefault(sink, Map.of()),
                instant(rows, 9),
                instant(rows, 10),
                rows.getInt(11) != 0,
                rows.getInt(12) != 0,
                SinkStates.state(rows)));
      }
    }
    return status;
  }

  private static @Nullable Instant instant(Rows rows, int column) throws DatabaseException {
    return rows.isNull(column) ? null : Instant.ofEpochMilli(rows.getLong(column));
  }
}
