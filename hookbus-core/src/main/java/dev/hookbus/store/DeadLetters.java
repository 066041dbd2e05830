package dev.hookbus.store;

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
      VALUES (?, ?, ?, ?, ?, ?, ?, {now + ?})
      """;

  private static final String LIST =
      """
      SELECT id, sink, event_id, event_type, traceparent, body, reason, created_ms, died_ms
      FROM dead_letters WHERE sink = ? OR ? IS NULL ORDER BY id LIMIT ?
      """;

  private static final String IDS = "SELECT id FROM dead_letters WHERE sink = ? ORDER BY id";

  private static final String COPY_BACK =
      """
      INSERT INTO outbox (created_ms, bytes, sink, event_id, event_type, traceparent, body)
      SELECT {now + ?}, length(CAST(body AS BLOB)), sink, event_id, event_type, traceparent, body
      FROM dead_letters WHERE id = ? AND sink = ?
      """;

  private static final String DELETE = "DELETE FROM dead_letters WHERE id = ? AND sink = ?";

  private final LongSupplier clockOffset;

  DeadLetters(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  void insert(Session session, String sink, OutboxProgress.Dead dead) throws DatabaseException {
    OutgoingEvent event = dead.entry().event();
    Query row = session.prepared(INSERT);
    row.bind(1, sink);
    row.bind(2, event.eventId());
    row.bind(3, event.eventType());
    row.bind(4, event.traceparent());
    row.bind(5, event.json());
    row.bind(6, dead.reason());
    row.bind(7, dead.entry().recordedAt().toEpochMilli());
    row.bind(8, clockOffset.getAsLong());
    row.update();
  }

  List<DeadLetter> list(Session session, @Nullable String sink, int limit)
      throws DatabaseException {
    Query statement = session.prepared(LIST);
    statement.bind(1, sink);
    statement.bind(2, sink);
    statement.bind(3, limit);
    List<DeadLetter> letters = new ArrayList<>();
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        letters.add(
            new DeadLetter(
                rows.getLong(1),
                rows.getText(2),
                new OutgoingEvent(
                    rows.getText(3), rows.getText(4), rows.getText(6), rows.getTextOrNull(5)),
                rows.getText(7),
                Instant.ofEpochMilli(rows.getLong(8)),
                Instant.ofEpochMilli(rows.getLong(9))));
      }
    }
    return letters;
  }

  /** Moves letters into the outbox; their age begins anew, or they would die at once. */
  int requeue(Session session, String sink, @Nullable Collection<Long> ids)
      throws DatabaseException {
    int moved = 0;
    for (long id : ids == null ? ids(session, sink) : ids) {
      Query copy = session.prepared(COPY_BACK);
      copy.bind(1, clockOffset.getAsLong());
      copy.bind(2, id);
      copy.bind(3, sink);
      moved += copy.update();
      delete(session, sink, id);
    }
    return moved;
  }

  int purge(Session session, String sink, @Nullable Collection<Long> ids) throws DatabaseException {
    int purged = 0;
    for (long id : ids == null ? ids(session, sink) : ids) {
      purged += delete(session, sink, id);
    }
    return purged;
  }

  private static int delete(Session session, String sink, long id) throws DatabaseException {
    Query statement = session.prepared(DELETE);
    statement.bind(1, id);
    statement.bind(2, sink);
    return statement.update();
  }

  private static List<Long> ids(Session session, String sink) throws DatabaseException {
    Query statement = session.prepared(IDS);
    statement.bind(1, sink);
    List<Long> ids = new ArrayList<>();
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }
}
