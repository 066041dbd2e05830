package dev.hookbus.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The table of events not yet delivered everywhere. */
final class OutboxRows {

  private static final String INSERT =
      """
      INSERT INTO outbox (created_ms, bytes, event_id, event_type, traceparent, body)
      VALUES ({now + ?}, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_OLDER =
      """
      INSERT INTO outbox (created_ms, bytes, event_id, event_type, traceparent, body)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private static final String READ =
      """
      SELECT seq, created_ms, bytes, event_id, event_type, traceparent, body
      FROM outbox
      WHERE seq > ? AND (sink IS NULL OR sink = ?)
        AND (SELECT paused FROM sink_state WHERE sink_state.sink = ?) = 0
      ORDER BY seq LIMIT ?
      """;

  private static final String REMOVE_OLDEST_PASSED =
      """
      DELETE FROM outbox
      WHERE seq <= min((SELECT min(cursor) FROM sink_state), (SELECT min(seq) FROM outbox) + ? - 1)
        AND seq < (SELECT max(seq) FROM outbox)
      """;

  private static final String PASSED =
      "SELECT coalesce((SELECT min(cursor) FROM sink_state) - (SELECT min(seq) FROM outbox) + 1, 0)";

  private static final String NEWEST_IF_ALL_PASSED =
      """
      SELECT seq FROM outbox
      WHERE seq = (SELECT max(seq) FROM outbox) AND seq > (SELECT min(seq) FROM outbox)
        AND seq <= (SELECT min(cursor) FROM sink_state)
      """;

  // Without a condition SQLite gives the pages back and does not look at the rows.
  private static final String REMOVE_ALL = "DELETE FROM outbox";

  /** For no sink: it only keeps the sequence from being used again. */
  private static final String KEEP_SEQUENCE =
      """
      INSERT INTO outbox (seq, created_ms, bytes, sink, event_id, event_type, body)
      VALUES (?, {now + ?}, 0, '', '', '', '')
      """;

  private final LongSupplier clockOffset;

  OutboxRows(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  void insert(Session session, OutgoingEvent event) throws DatabaseException {
    insert(session.prepared(INSERT), clockOffset.getAsLong(), event);
  }

  /** Inserts an event that was recorded earlier; its age counts from then. */
  void insert(Session session, OutgoingEvent event, long createdMillis) throws DatabaseException {
    insert(session.prepared(INSERT_OLDER), createdMillis, event);
  }

  private static void insert(Query row, long time, OutgoingEvent event) throws DatabaseException {
    row.bind(1, time);
    row.bind(2, event.json().getBytes(StandardCharsets.UTF_8).length);
    row.bind(3, event.eventId());
    row.bind(4, event.eventType());
    row.bind(5, event.traceparent());
    row.bind(6, event.json());
    row.update();
  }

  List<OutboxEntry> read(Session session, String sink, long cursor, int maxEvents, long maxBytes)
      throws DatabaseException {
    Query statement = session.prepared(READ);
    statement.bind(1, cursor);
    statement.bind(2, sink);
    statement.bind(3, sink);
    statement.bind(4, maxEvents);
    List<OutboxEntry> entries = new ArrayList<>();
    long bytes = 0;
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        bytes += rows.getLong(3);
        if (bytes > maxBytes && !entries.isEmpty()) {
          break;
        }
        entries.add(
            new OutboxEntry(
                rows.getLong(1),
                new OutgoingEvent(
                    rows.getText(4), rows.getText(5), rows.getText(7), rows.getTextOrNull(6)),
                Instant.ofEpochMilli(rows.getLong(2))));
      }
    }
    return entries;
  }

  /**
   * Removes entries that every sink has passed: all at once where none is waiting, which costs next
   * to nothing, or else the oldest ones.
   *
   * @return whether there may be more
   */
  boolean removePassed(Session session, int atMost) throws DatabaseException {
    if (session.number(NEWEST_IF_ALL_PASSED) > 0) {
      return session.inTransaction(this::removeAllPassed);
    }
    Query some = session.prepared(REMOVE_OLDEST_PASSED);
    some.bind(1, atMost);
    return some.update() == atMost;
  }

  private boolean removeAllPassed(Session locked) throws DatabaseException {
    long newest = locked.number(NEWEST_IF_ALL_PASSED);
    if (newest == 0) {
      return true; // another process was faster
    }
    locked.prepared(REMOVE_ALL).update();
    Query keep = locked.prepared(KEEP_SEQUENCE);
    keep.bind(1, newest);
    keep.bind(2, clockOffset.getAsLong());
    keep.update();
    return false;
  }

  /** About how many entries every sink has passed. */
  long passed(Session session) throws DatabaseException {
    return session.number(PASSED);
  }
}
