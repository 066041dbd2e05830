package dev.hookbus.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Events that sinks refused for good. */
final class DeadLetters {

  private static final String INSERT =
      """
      INSERT INTO dead_letters
        (sink, event_id, event_type, traceparent, body, reason, created_ms, died_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, %s)
      """
          .formatted(Sql.NOW);

  private static final String LIST =
      """
      SELECT id, sink, event_id, event_type, traceparent, body, reason, created_ms, died_ms
      FROM dead_letters WHERE sink = ? OR ? IS NULL ORDER BY id LIMIT ?
      """;

  private static final String IDS = "SELECT id FROM dead_letters WHERE sink = ? ORDER BY id";

  private static final String COPY_BACK =
      """
      INSERT INTO outbox (created_ms, bytes, sink, event_id, event_type, traceparent, body)
      SELECT %s, length(CAST(body AS BLOB)), sink, event_id, event_type, traceparent, body
      FROM dead_letters WHERE id = ? AND sink = ?
      """
          .formatted(Sql.NOW);

  private static final String DELETE = "DELETE FROM dead_letters WHERE id = ? AND sink = ?";

  private final LongSupplier clockOffset;

  DeadLetters(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  void insert(Session session, String sink, OutboxProgress.Dead dead) throws SQLException {
    OutgoingEvent event = dead.entry().event();
    PreparedStatement row = session.prepared(INSERT);
    row.setString(1, sink);
    row.setString(2, event.eventId());
    row.setString(3, event.eventType());
    row.setString(4, event.traceparent());
    row.setString(5, event.json());
    row.setString(6, dead.reason());
    row.setLong(7, dead.entry().recordedAt().toEpochMilli());
    row.setLong(8, clockOffset.getAsLong());
    row.executeUpdate();
  }

  List<DeadLetter> list(Session session, @Nullable String sink, int limit) throws SQLException {
    PreparedStatement statement = session.prepared(LIST);
    statement.setString(1, sink);
    statement.setString(2, sink);
    statement.setInt(3, limit);
    List<DeadLetter> letters = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        letters.add(
            new DeadLetter(
                rows.getLong(1),
                rows.getString(2),
                new OutgoingEvent(
                    rows.getString(3), rows.getString(4), rows.getString(6), rows.getString(5)),
                rows.getString(7),
                Instant.ofEpochMilli(rows.getLong(8)),
                Instant.ofEpochMilli(rows.getLong(9))));
      }
    }
    return letters;
  }

  /** Moves letters into the outbox; their age begins anew, or they would die at once. */
  int requeue(Session session, String sink, @Nullable Collection<Long> ids) throws SQLException {
    int moved = 0;
    for (long id : ids == null ? ids(session, sink) : ids) {
      PreparedStatement copy = session.prepared(COPY_BACK);
      copy.setLong(1, clockOffset.getAsLong());
      copy.setLong(2, id);
      copy.setString(3, sink);
      moved += copy.executeUpdate();
      delete(session, sink, id);
    }
    return moved;
  }

  int purge(Session session, String sink, @Nullable Collection<Long> ids) throws SQLException {
    int purged = 0;
    for (long id : ids == null ? ids(session, sink) : ids) {
      purged += delete(session, sink, id);
    }
    return purged;
  }

  private static int delete(Session session, String sink, long id) throws SQLException {
    PreparedStatement statement = session.prepared(DELETE);
    statement.setLong(1, id);
    statement.setString(2, sink);
    return statement.executeUpdate();
  }

  private static List<Long> ids(Session session, String sink) throws SQLException {
    PreparedStatement statement = session.prepared(IDS);
    statement.setString(1, sink);
    List<Long> ids = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }
}
