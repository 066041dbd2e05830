package dev.hookbus.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** How far each sink has come, and who delivers to it. */
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

  private static final String SKIP = "UPDATE sink_state SET cursor = ? - 1 WHERE cursor < ? - 1";

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
  static DeliveryState state(Rows rows) throws DatabaseException {
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
    long minute = DeliveryRate.minute(System.currentTimeMillis() + offset);
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

  /** Moves every sink to that sequence that is behind it. */
  void skipTo(Session session, long sequence) throws DatabaseException {
    Query statement = session.prepared(SKIP);
    statement.bind(1, sequence);
    statement.bind(2, sequence);
    statement.update();
  }
}
