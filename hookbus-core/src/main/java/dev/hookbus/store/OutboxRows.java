package dev.hookbus.store;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The table of events not yet delivered everywhere. */
final class OutboxRows {

  private static final String INSERT =
      """
      INSERT INTO outbox (created_ms, bytes, event_id, event_type, traceparent, body)
      VALUES (%s, ?, ?, ?, ?, ?)
      """
          .formatted(Sql.NOW);

  private static final String READ =
      """
      SELECT seq, created_ms, bytes, event_id, event_type, traceparent, body
      FROM outbox
      WHERE seq > ?1 AND (sink IS NULL OR sink = ?2)
        AND (SELECT paused FROM sink_state WHERE sink_state.sink = ?2) = 0
      ORDER BY seq LIMIT ?3
      """;

  private static final String REMOVE_PASSED =
      """
      DELETE FROM outbox
      WHERE seq <= (SELECT min(cursor) FROM sink_state) AND seq < (SELECT max(seq) FROM outbox)
      """;

  private static final String OLDEST_YOUNG =
      """
      SELECT coalesce(
        (SELECT seq FROM outbox WHERE created_ms >= %1$s - ? ORDER BY seq LIMIT 1),
        (SELECT max(seq) FROM outbox))
      """
          .formatted(Sql.NOW);

  private static final String BYTES_FROM_NEWEST = "SELECT seq, bytes FROM outbox ORDER BY seq DESC";

  private static final String REMOVE_BEFORE =
      "DELETE FROM outbox WHERE seq < ? AND seq < (SELECT max(seq) FROM outbox)";

  private final LongSupplier clockOffset;

  OutboxRows(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  void insert(Session session, OutgoingEvent event) throws SQLException {
    PreparedStatement row = session.prepared(INSERT);
    row.setLong(1, clockOffset.getAsLong());
    row.setInt(2, event.json().getBytes(StandardCharsets.UTF_8).length);
    row.setString(3, event.eventId());
    row.setString(4, event.eventType());
    row.setString(5, event.traceparent());
    row.setString(6, event.json());
    row.executeUpdate();
  }

  List<OutboxEntry> read(Session session, String sink, long cursor, int maxEvents, long maxBytes)
      throws SQLException {
    PreparedStatement statement = session.prepared(READ);
    statement.setLong(1, cursor);
    statement.setString(2, sink);
    statement.setInt(3, maxEvents);
    List<OutboxEntry> entries = new ArrayList<>();
    long bytes = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        bytes += rows.getLong(3);
        if (bytes > maxBytes && !entries.isEmpty()) {
          break;
        }
        entries.add(
            new OutboxEntry(
                rows.getLong(1),
                new OutgoingEvent(
                    rows.getString(4), rows.getString(5), rows.getString(7), rows.getString(6)),
                Instant.ofEpochMilli(rows.getLong(2))));
      }
    }
    return entries;
  }

  void removePassed(Session session) throws SQLException {
    session.prepared(REMOVE_PASSED).executeUpdate();
  }

  /** The sequence of the oldest entry within the limits on number and size; 0 for all. */
  long firstWithin(Session session, OutboxLimits limits) throws SQLException {
    long events = 0;
    long bytes = 0;
    long first = 0;
    try (ResultSet rows = session.prepared(BYTES_FROM_NEWEST).executeQuery()) {
      while (rows.next()) {
        events++;
        bytes += rows.getLong(2);
        if (events > limits.maxEvents() || (bytes > limits.maxBytes() && events > 1)) {
          return first;
        }
        first = rows.getLong(1);
      }
    }
    return 0;
  }

  /** The sequence of the oldest entry that is young enough; the newest where none is. */
  long firstYoung(Session session, OutboxLimits limits) throws SQLException {
    PreparedStatement statement = session.prepared(OLDEST_YOUNG);
    statement.setLong(1, clockOffset.getAsLong());
    statement.setLong(2, limits.maxAge().toMillis());
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  int removeBefore(Session session, long sequence) throws SQLException {
    PreparedStatement statement = session.prepared(REMOVE_BEFORE);
    statement.setLong(1, sequence);
    return statement.executeUpdate();
  }
}
