package dev.hookbus.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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

  /** A lease that ends this far in the future was given before the clock was set back. */
  private static final long MAX_LEASE_MILLIS = 3_600_000;

  private static final String REGISTER =
      "INSERT INTO sink_state (sink, cursor) VALUES (?, 0) ON CONFLICT (sink) DO NOTHING";

  private static final String KNOWN = "SELECT 1 FROM sink_state WHERE sink = ?";

  private static final String HAS_WORK =
      """
      SELECT 1 FROM sink_state s JOIN outbox o ON o.seq > s.cursor
      WHERE s.sink = ? AND s.paused = 0 AND (o.sink IS NULL OR o.sink = s.sink) LIMIT 1
      """;

  private static final String RETIRE = "DELETE FROM sink_state WHERE sink = ?";

  private static final String LEASE =
      """
      UPDATE sink_state SET owner = ?, fence = fence + 1, lease_ms = %1$s + ?
      WHERE sink = ? AND paused = 0
        AND (owner IS NULL OR lease_ms <= %1$s OR lease_ms > %1$s + %2$d)
      RETURNING fence, cursor, attempts, pause_ms, next_ms, last_error, breaker
      """
          .formatted(Sql.NOW, MAX_LEASE_MILLIS);

  // A cursor never goes back: a trim may have moved it on while the batch was under way.
  private static final String ADVANCE =
      """
      UPDATE sink_state SET
        cursor = max(cursor, ?), attempts = ?, pause_ms = ?, next_ms = ?, last_error = ?,
        breaker = ?, delivered = delivered + ?, lease_ms = %1$s + ?,
        success_ms = CASE WHEN ? > 0 THEN %1$s ELSE success_ms END,
        failure_ms = CASE WHEN ? > 0 THEN %1$s ELSE failure_ms END
      WHERE sink = ? AND owner = ? AND fence = ?
      """
          .formatted(Sql.NOW);

  private static final String RELEASE =
      "UPDATE sink_state SET owner = NULL WHERE sink = ? AND owner = ? AND fence = ?";

  private static final String PAUSE = "UPDATE sink_state SET paused = ? WHERE sink = ?";

  private static final String COUNT_DROPS =
      """
      INSERT INTO sink_drops (sink, reason, n) VALUES (?, ?, ?)
      ON CONFLICT (sink, reason) DO UPDATE SET n = n + excluded.n
      """;

  private static final String COUNT_TRIMMED =
      """
      INSERT INTO sink_drops (sink, reason, n)
      SELECT s.sink, ?, (
        SELECT count(*) FROM outbox o
        WHERE o.seq > s.cursor AND o.seq < ? AND (o.sink IS NULL OR o.sink = s.sink)) AS waiting
      FROM sink_state s WHERE s.cursor < ? - 1
      ON CONFLICT (sink, reason) DO UPDATE SET n = n + excluded.n
      """;

  private static final String SKIP_TRIMMED =
      "UPDATE sink_state SET cursor = ? - 1 WHERE cursor < ? - 1";

  private static final String DROPS = "SELECT sink, reason, n FROM sink_drops";

  private static final String STATUS =
      """
      SELECT s.sink, s.cursor, s.attempts, s.pause_ms, s.next_ms, s.last_error, s.breaker,
        s.delivered, s.success_ms, s.failure_ms, s.paused,
        s.owner IS NOT NULL AND s.lease_ms > %s AS leased,
        (SELECT count(*) FROM outbox o
         WHERE o.seq > s.cursor AND (o.sink IS NULL OR o.sink = s.sink)) AS backlog,
        (SELECT created_ms FROM outbox o
         WHERE o.seq > s.cursor AND (o.sink IS NULL OR o.sink = s.sink)
         ORDER BY o.seq LIMIT 1) AS oldest,
        (SELECT count(*) FROM dead_letters d WHERE d.sink = s.sink) AS dead
      FROM sink_state s ORDER BY s.sink
      """
          .formatted(Sql.NOW);

  private final LongSupplier clockOffset;

  SinkStates(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  boolean isKnown(Session session, String sink) throws SQLException {
    return hasRow(session, KNOWN, sink);
  }

  boolean hasWork(Session session, String sink) throws SQLException {
    return hasRow(session, HAS_WORK, sink);
  }

  private static boolean hasRow(Session session, String sql, String sink) throws SQLException {
    PreparedStatement statement = session.prepared(sql);
    statement.setString(1, sink);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  void register(Session session, String sink) throws SQLException {
    PreparedStatement statement = session.prepared(REGISTER);
    statement.setString(1, sink);
    statement.executeUpdate();
  }

  void retire(Session session, String sink) throws SQLException {
    PreparedStatement statement = session.prepared(RETIRE);
    statement.setString(1, sink);
    statement.executeUpdate();
  }

  /** Takes the lease in one statement. */
  Optional<OutboxLease> lease(Session session, String sink, Duration length) throws SQLException {
    long owner = ThreadLocalRandom.current().nextLong();
    long offset = clockOffset.getAsLong();
    PreparedStatement statement = session.prepared(LEASE);
    statement.setLong(1, owner);
    statement.setLong(2, offset);
    statement.setLong(3, length.toMillis());
    statement.setString(4, sink);
    statement.setLong(5, offset);
    statement.setLong(6, offset);
    OutboxLease lease = null;
    try (ResultSet rows = statement.executeQuery()) {
      // The update is committed when the statement has been stepped to its end.
      while (rows.next()) {
        lease = new OutboxLease(sink, owner, rows.getLong(1), state(rows));
      }
    }
    return Optional.ofNullable(lease);
  }

  /** Reads the columns cursor, attempts, pause_ms, next_ms, last_error, breaker, from 2 on. */
  private static DeliveryState state(ResultSet rows) throws SQLException {
    return new DeliveryState(
        rows.getLong(2),
        rows.getInt(3),
        Duration.ofMillis(rows.getLong(4)),
        Instant.ofEpochMilli(rows.getLong(5)),
        rows.getString(6),
        rows.getString(7));
  }

  boolean advance(Session session, OutboxLease lease, OutboxProgress progress, Duration length)
      throws SQLException {
    DeliveryState next = progress.next();
    long offset = clockOffset.getAsLong();
    PreparedStatement statement = session.prepared(ADVANCE);
    statement.setLong(1, next.cursor());
    statement.setInt(2, next.attempts());
    statement.setLong(3, next.pause().toMillis());
    statement.setLong(4, next.nextAttempt().toEpochMilli());
    if (next.lastError() == null) {
      statement.setNull(5, Types.VARCHAR);
    } else {
      statement.setString(5, next.lastError());
    }
    statement.setString(6, next.breaker());
    statement.setInt(7, progress.delivered());
    statement.setLong(8, offset);
    statement.setLong(9, length.toMillis());
    statement.setInt(10, progress.delivered());
    statement.setLong(11, offset);
    statement.setInt(12, next.attempts());
    statement.setLong(13, offset);
    statement.setString(14, lease.sink());
    statement.setLong(15, lease.owner());
    statement.setLong(16, lease.fence());
    return statement.executeUpdate() == 1;
  }

  void release(Session session, OutboxLease lease) throws SQLException {
    PreparedStatement statement = session.prepared(RELEASE);
    statement.setString(1, lease.sink());
    statement.setLong(2, lease.owner());
    statement.setLong(3, lease.fence());
    statement.executeUpdate();
  }

  void pause(Session session, String sink, boolean paused) throws SQLException {
    PreparedStatement statement = session.prepared(PAUSE);
    statement.setInt(1, paused ? 1 : 0);
    statement.setString(2, sink);
    statement.executeUpdate();
  }

  void countDrops(Session session, String sink, String reason, int count) throws SQLException {
    PreparedStatement statement = session.prepared(COUNT_DROPS);
    statement.setString(1, sink);
    statement.setString(2, reason);
    statement.setInt(3, count);
    statement.executeUpdate();
  }

  /** Moves every sink to that sequence that is behind it, and counts what it misses. */
  void skipTo(Session session, long sequence, String reason) throws SQLException {
    PreparedStatement count = session.prepared(COUNT_TRIMMED);
    count.setString(1, reason);
    count.setLong(2, sequence);
    count.setLong(3, sequence);
    count.executeUpdate();
    PreparedStatement skip = session.prepared(SKIP_TRIMMED);
    skip.setLong(1, sequence);
    skip.setLong(2, sequence);
    skip.executeUpdate();
  }

  List<OutboxStatus> status(Session session) throws SQLException {
    Map<String, Map<String, Long>> drops = drops(session);
    PreparedStatement statement = session.prepared(STATUS);
    statement.setLong(1, clockOffset.getAsLong());
    List<OutboxStatus> status = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String sink = rows.getString(1);
        status.add(
            new OutboxStatus(
                sink,
                rows.getLong("backlog"),
                instant(rows, "oldest"),
                rows.getLong("delivered"),
                rows.getLong("dead"),
                drops.getOrDefault(sink, Map.of()),
                instant(rows, "success_ms"),
                instant(rows, "failure_ms"),
                rows.getInt("paused") != 0,
                rows.getInt("leased") != 0,
                state(rows)));
      }
    }
    return status;
  }

  private static Map<String, Map<String, Long>> drops(Session session) throws SQLException {
    Map<String, Map<String, Long>> drops = new HashMap<>();
    try (ResultSet rows = session.prepared(DROPS).executeQuery()) {
      while (rows.next()) {
        if (rows.getLong(3) > 0) {
          drops
              .computeIfAbsent(rows.getString(1), sink -> new HashMap<>())
              .put(rows.getString(2), rows.getLong(3));
        }
      }
    }
    return drops;
  }

  private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
    long millis = rows.getLong(column);
    return rows.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
