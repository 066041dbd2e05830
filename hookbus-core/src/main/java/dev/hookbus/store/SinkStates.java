package dev.hookbus.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far each sink has come, who delivers to it, and what it lost. */
final class SinkStates {

  // What all others have passed may be gone at any moment; it is not for a newcomer.
  private static final String REGISTER =
      """
      INSERT INTO sink_state (sink, cursor)
      VALUES (?, coalesce((SELECT min(cursor) FROM sink_state), 0)) ON CONFLICT (sink) DO NOTHING
      """;

  private static final String KNOWN = "SELECT 1 FROM sink_state WHERE sink = ?";

  private static final String HAS_WORK =
      """
      SELECT 1 FROM sink_state s JOIN outbox o ON o.seq > s.cursor
      WHERE s.sink = ? AND s.paused = 0 AND (o.sink IS NULL OR o.sink = s.sink) LIMIT 1
      """;

  private static final String RETIRE = "DELETE FROM sink_state WHERE sink = ?";

  // A lease that ends an hour in the future was given before the clock was set back.
  private static final String LEASE =
      """
      UPDATE sink_state SET owner = ?, fence = fence + 1, lease_ms = {now + ?} + ?
      WHERE sink = ? AND paused = 0
        AND (owner IS NULL OR lease_ms <= {now + ?} OR lease_ms > {now + ?} + 3600000)
      RETURNING fence, cursor, attempts, pause_ms, next_ms, last_error, breaker
      """;

  // A cursor never goes back: a trim may have moved it on while the batch was under way.
  private static final String ADVANCE =
      """
      UPDATE sink_state SET
        rate_before = CASE
          WHEN rate_minute = ? THEN rate_before WHEN rate_minute = ? - 1 THEN rate_now ELSE 0 END,
        rate_now = CASE WHEN rate_minute = ? THEN rate_now ELSE 0 END + ?,
        rate_minute = ?,
        cursor = max(cursor, ?), attempts = ?, pause_ms = ?, next_ms = ?, last_error = ?,
        breaker = ?, delivered = delivered + ?, lease_ms = {now + ?} + ?,
        success_ms = CASE WHEN ? > 0 THEN {now + ?} ELSE success_ms END,
        failure_ms = CASE WHEN ? > 0 THEN {now + ?} ELSE failure_ms END
      WHERE sink = ? AND owner = ? AND fence = ?
      """;

  private static final String RELEASE =
      "UPDATE sink_state SET owner = NULL WHERE sink = ? AND owner = ? AND fence = ?";

  private static final String PAUSE = "UPDATE sink_state SET paused = ? WHERE sink = ?";

  private static final String COUNT_DROPS =
      """
      INSERT INTO sink_drops (sink, reason, n) VALUES (?, ?, ?)
      ON CONFLICT (sink, reason) DO UPDATE SET n = sink_drops.n + excluded.n
      """;

  private static final String COUNT_TRIMMED =
      """
      INSERT INTO sink_drops (sink, reason, n)
      SELECT s.sink, ?, (
        SELECT count(*) FROM outbox o
        WHERE o.seq > s.cursor AND o.seq < ? AND (o.sink IS NULL OR o.sink = s.sink)) AS waiting
      FROM sink_state s WHERE s.cursor < ? - 1
      ON CONFLICT (sink, reason) DO UPDATE SET n = sink_drops.n + excluded.n
      """;

  private static final String SKIP_TRIMMED =
      "UPDATE sink_state SET cursor = ? - 1 WHERE cursor < ? - 1";

  private static final String DROPS = "SELECT sink, reason, n FROM sink_drops";

  private static final String STATUS =
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

  SinkStates(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  boolean isKnown(Session session, String sink) throws DatabaseException {
    return hasRow(session, KNOWN, sink);
  }

  boolean hasWork(Session session, String sink) throws DatabaseException {
    return hasRow(session, HAS_WORK, sink);
  }

  private static boolean hasRow(Session session, String sql, String sink) throws DatabaseException {
    Query statement = session.prepared(sql);
    statement.bind(1, sink);
    try (Rows rows = statement.rows()) {
      return rows.next();
    }
  }

  void register(Session session, String sink) throws DatabaseException {
    Query statement = session.prepared(REGISTER);
    statement.bind(1, sink);
    statement.update();
  }

  void retire(Session session, String sink) throws DatabaseException {
    Query statement = session.prepared(RETIRE);
    statement.bind(1, sink);
    statement.update();
  }

  /** Takes the lease in one statement. */
  Optional<OutboxLease> lease(Session session, String sink, Duration length)
      throws DatabaseException {
    long owner = ThreadLocalRandom.current().nextLong();
    long offset = clockOffset.getAsLong();
    Query statement = session.prepared(LEASE);
    statement.bind(1, owner);
    statement.bind(2, offset);
    statement.bind(3, length.toMillis());
    statement.bind(4, sink);
    statement.bind(5, offset);
    statement.bind(6, offset);
    OutboxLease lease = null;
    try (Rows rows = statement.rows()) {
      // The update is committed when the statement has been stepped to its end.
      while (rows.next()) {
        lease = new OutboxLease(sink, owner, rows.getLong(1), state(rows));
      }
    }
    return Optional.ofNullable(lease);
  }

  /** Reads the columns cursor, attempts, pause_ms, next_ms, last_error, breaker, from 2 on. */
  private static DeliveryState state(Rows rows) throws DatabaseException {
    return new DeliveryState(
        rows.getLong(2),
        rows.getInt(3),
        Duration.ofMillis(rows.getLong(4)),
        Instant.ofEpochMilli(rows.getLong(5)),
        rows.getTextOrNull(6),
        rows.getText(7));
  }

  boolean advance(Session session, OutboxLease lease, OutboxProgress progress, Duration length)
      throws DatabaseException {
    DeliveryState next = progress.next();
    long offset = clockOffset.getAsLong();
    long minute = DeliveryRate.minute(nowMillis());
    Query statement = session.prepared(ADVANCE);
    statement.bind(1, minute);
    statement.bind(2, minute);
    statement.bind(3, minute);
    statement.bind(4, progress.delivered());
    statement.bind(5, minute);
    statement.bind(6, next.cursor());
    statement.bind(7, next.attempts());
    statement.bind(8, next.pause().toMillis());
    statement.bind(9, next.nextAttempt().toEpochMilli());
    statement.bind(10, next.lastError());
    statement.bind(11, next.breaker());
    statement.bind(12, progress.delivered());
    statement.bind(13, offset);
    statement.bind(14, length.toMillis());
    statement.bind(15, progress.delivered());
    statement.bind(16, offset);
    statement.bind(17, next.attempts());
    statement.bind(18, offset);
    statement.bind(19, lease.sink());
    statement.bind(20, lease.owner());
    statement.bind(21, lease.fence());
    return statement.update() == 1;
  }

  void release(Session session, OutboxLease lease) throws DatabaseException {
    Query statement = session.prepared(RELEASE);
    statement.bind(1, lease.sink());
    statement.bind(2, lease.owner());
    statement.bind(3, lease.fence());
    statement.update();
  }

  boolean pause(Session session, String sink, boolean paused) throws DatabaseException {
    Query statement = session.prepared(PAUSE);
    statement.bind(1, paused ? 1 : 0);
    statement.bind(2, sink);
    return statement.update() == 1;
  }

  void countDrops(Session session, String sink, String reason, int count) throws DatabaseException {
    Query statement = session.prepared(COUNT_DROPS);
    statement.bind(1, sink);
    statement.bind(2, reason);
    statement.bind(3, count);
    statement.update();
  }

  /** Moves every sink to that sequence that is behind it, and counts what it misses. */
  void skipTo(Session session, long sequence, String reason) throws DatabaseException {
    Query count = session.prepared(COUNT_TRIMMED);
    count.bind(1, reason);
    count.bind(2, sequence);
    count.bind(3, sequence);
    count.update();
    Query skip = session.prepared(SKIP_TRIMMED);
    skip.bind(1, sequence);
    skip.bind(2, sequence);
    skip.update();
  }

  private long nowMillis() {
    return System.currentTimeMillis() + clockOffset.getAsLong();
  }

  /**
   * How every sink stands.
   *
   * @param announced what waits in the log, for all of them
   */
  List<OutboxStatus> status(Session session, EventFeed.Waiting announced) throws DatabaseException {
    long now = nowMillis();
    Map<String, Map<String, Long>> drops = drops(session);
    Query statement = session.prepared(STATUS);
    statement.bind(1, clockOffset.getAsLong());
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
                drops.getOrDefault(sink, Map.of()),
                instant(rows, 9),
                instant(rows, 10),
                rows.getInt(11) != 0,
                rows.getInt(12) != 0,
                state(rows)));
      }
    }
    return status;
  }

  private static Map<String, Map<String, Long>> drops(Session session) throws DatabaseException {
    Map<String, Map<String, Long>> drops = new HashMap<>();
    try (Rows rows = session.prepared(DROPS).rows()) {
      while (rows.next()) {
        if (rows.getLong(3) > 0) {
          drops
              .computeIfAbsent(rows.getText(1), sink -> new HashMap<>())
              .put(rows.getText(2), rows.getLong(3));
        }
      }
    }
    return drops;
  }

  private static @Nullable Instant instant(Rows rows, int column) throws DatabaseException {
    return rows.isNull(column) ? null : Instant.ofEpochMilli(rows.getLong(column));
  }
}
