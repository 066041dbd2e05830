package dev.hookbus.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the outbox from the log: makes the events of announced calls. A watermark, moved in the
 * same transaction, says up to which row the log has been looked through; so a call that sinks hear
 * of pays for nothing but its log row, and each becomes one event whoever makes it.
 */
final class EventFeed {

  private static final int CHUNK = 500;

  /** So many rows without an announcement are looked at again rather than passed by a write. */
  private static final int LOOKED_AT_AGAIN = 1_000;

  private static final String WATERMARK =
      "SELECT value FROM hookbus_meta WHERE name = 'outbox_watermark'";

  private static final String NEWEST = "SELECT max(log_id) FROM hook_logs";

  private static final String ANNOUNCED =
      "SELECT "
          + AnnouncedCall.COLUMNS
          + " FROM hook_logs WHERE log_id > ? AND log_id <= ? AND event_nonce IS NOT NULL"
          + " ORDER BY log_id LIMIT ?";

  private static final String MOVE_WATERMARK =
      "UPDATE hookbus_meta SET value = ? WHERE name = 'outbox_watermark'";

  private static final String WAITING =
      """
      SELECT count(*), min(created_ms) FROM hook_logs
      WHERE log_id > (SELECT value FROM hookbus_meta WHERE name = 'outbox_watermark')
        AND event_nonce IS NOT NULL
      """;

  private final OutboxRows outbox;

  EventFeed(OutboxRows outbox) {
    this.outbox = outbox;
  }

  /**
   * Makes at most some hundred events, if there are any to make.
   *
   * @return whether there may be more
   */
  boolean next(Session session) throws DatabaseException {
    return next(session, LOOKED_AT_AGAIN);
  }

  /** Makes events, or passes rows that announce none, until nothing of the log is left. */
  boolean nextToTheEnd(Session session) throws DatabaseException {
    return next(session, 0);
  }

  private boolean next(Session session, int lookedAtAgain) throws DatabaseException {
    long from = session.number(WATERMARK);
    long newest = session.number(NEWEST);
    if (newest <= from) {
      return false;
    }
    // Reading and making takes longer than writing, and needs no lock.
    List<AnnouncedCall> calls = announced(session, from, newest);
    if (calls.isEmpty() && newest - from <= lookedAtAgain) {
      return false;
    }
    List<OutgoingEvent> events = new ArrayList<>(calls.size());
    for (AnnouncedCall call : calls) {
      events.add(call.toEvent());
    }
    boolean more = calls.size() == CHUNK;
    long to = more ? calls.get(CHUNK - 1).logId() : newest;
    return session.inTransaction(
        locked -> {
          if (locked.number(WATERMARK) != from) {
            return true; // another process was faster
          }
          for (int i = 0; i < events.size(); i++) {
            outbox.insert(locked, events.get(i), calls.get(i).createdMillis());
          }
          Query move = locked.prepared(MOVE_WATERMARK);
          move.bind(1, to);
          move.update();
          return more;
        });
  }

  /** What is announced in the log and not yet in the outbox. */
  Waiting waiting(Session session) throws DatabaseException {
    try (Rows rows = session.prepared(WAITING).rows()) {
      return rows.next() && !rows.isNull(2)
          ? new Waiting(rows.getLong(1), Instant.ofEpochMilli(rows.getLong(2)))
          : new Waiting(0, null);
    }
  }

  /**
   * What is announced in the log and not yet in the outbox.
   *
   * @param calls how many
   * @param oldest when the oldest of them ended, or null where there is none
   */
  record Waiting(long calls, @Nullable Instant oldest) {}

  private static List<AnnouncedCall> announced(Session session, long from, long to)
      throws DatabaseException {
    Query query = session.prepared(ANNOUNCED);
    query.bind(1, from);
    query.bind(2, to);
    query.bind(3, CHUNK);
    List<AnnouncedCall> calls = new ArrayList<>();
    try (Rows rows = query.rows()) {
      while (rows.next()) {
        calls.add(AnnouncedCall.read(rows));
      }
    }
    return calls;
  }
}
