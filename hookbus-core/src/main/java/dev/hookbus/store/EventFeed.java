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

  /** Of a row with a large payload, all of it is read to see whether it announces a call. */
  private static final long PAGE = 2_000;

  private static final long WHOLE_LOG = Long.MAX_VALUE / 2;

  /** So many rows without an announcement are looked at again rather than passed by a write. */
  private static final int LOOKED_AT_AGAIN = 1_000;

  private static final String WATERMARK =
      "SELECT value FROM hookbus_meta WHERE name = 'outbox_watermark'";

  private static final String NEWEST = "SELECT max(log_id) FROM hook_logs";

  private static final String OLDEST_AFTER = "SELECT min(log_id) FROM hook_logs WHERE log_id > ?";

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
    return next(session, LOOKED_AT_AGAIN, WHOLE_LOG);
  }

  /**
   * Makes events, or passes some thousand rows that announce none, until nothing of the log is
   * left: the log of a version that announced nothing is no reason to keep this connection from its
   * callers for as long as it takes to read.
   */
  boolean nextToTheEnd(Session session) throws DatabaseException {
    return next(session, 0, PAGE);
  }

  private boolean next(Session session, int lookedAtAgain, long page) throws DatabaseException {
    long from = session.number(WATERMARK);
    long newest = session.number(NEWEST);
    if (newest <= from) {
      return false;
    }
    // Reading and making takes longer than writing, and needs no lock.
    long last = Math.min(newest, oldestAfter(session, from) + page - 1);
    List<AnnouncedCall> calls = announced(session, from, last);
    if (calls.isEmpty() && newest - from <= lookedAtAgain) {
      return false;
    }
    List<OutgoingEvent> events = new ArrayList<>(calls.size());
    for (AnnouncedCall call : calls) {
      events.add(call.toEvent());
    }
    long to = calls.size() == CHUNK ? calls.get(CHUNK - 1).logId() : last;
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
          return to < newest;
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

  private static long oldestAfter(Session session, long from) throws DatabaseException {
    Query query = session.prepared(OLDEST_AFTER);
    query.bind(1, from);
    try (Rows rows = query.rows()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

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
