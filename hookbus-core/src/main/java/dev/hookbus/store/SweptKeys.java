package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Finds expired keys by reading the whole table: an index on their expiry would cost every claim a
 * page more to write. One that is stopped before it is round says where, and the next one goes on
 * from there, so that in a large table every key's turn comes.
 */
final class SweptKeys implements ExpiredKeys {

  private static final int READ_AT_ONCE = 2_000;

  private static final byte[] FIRST = {};

  /** The first eight bytes of the last key that was dealt with, as a number. */
  private static final String PLACE = "SELECT value FROM hookbus_meta WHERE name = 'swept_keys'";

  private static final String MOVE_PLACE =
      """
      INSERT INTO hookbus_meta (name, value) VALUES ('swept_keys', ?)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """;

  private final DedupeKeys keys;
  private List<KeyHash> found = List.of();
  private boolean begun;
  private boolean fromTheFirst;
  private boolean round;
  private byte[] goal = DedupeKeys.BEYOND_ALL;
  private byte[] dealtWith = FIRST;
  private byte[] pageEnd = FIRST;

  SweptKeys(DedupeKeys keys) {
    this.keys = keys;
  }

  @Override
  public int removeSome(Session session, Pace pace) throws DatabaseException {
    if (round) {
      return NONE_LEFT;
    }
    if (!begun) {
      begin(place(session));
    }
    if (found.isEmpty()) {
      pageEnd = keys.pageEnd(session, dealtWith, READ_AT_ONCE);
      found = keys.findExpired(session, dealtWith, pageEnd);
    }
    int removed = 0;
    if (!found.isEmpty()) {
      List<KeyHash> some = found.subList(0, Math.min(found.size(), pace.rows()));
      removed = pace.step(session, locked -> keys.deleteExpired(locked, some));
      dealtWith = some.get(some.size() - 1).toBytes();
      found = found.subList(some.size(), found.size());
    }
    if (found.isEmpty()) {
      endPage();
    }
    return removed;
  }

  private void begin(byte[] place) {
    begun = true;
    fromTheFirst = place.length == 0;
    goal = fromTheFirst ? DedupeKeys.BEYOND_ALL : place;
    dealtWith = place;
  }

  private void endPage() {
    boolean wasLast = Arrays.equals(pageEnd, DedupeKeys.BEYOND_ALL);
    round = fromTheFirst && Arrays.compareUnsigned(pageEnd, goal) >= 0;
    fromTheFirst |= wasLast;
    dealtWith = wasLast ? FIRST : pageEnd;
  }

  private static byte[] place(Session session) throws DatabaseException {
    try (Rows rows = session.prepared(PLACE).rows()) {
      return rows.next() ? ByteBuffer.allocate(Long.BYTES).putLong(rows.getLong(1)).array() : FIRST;
    }
  }

  @Override
  public void end(Session session) throws DatabaseException {
    if (!round) {
      Query move = session.prepared(MOVE_PLACE);
      move.bind(1, dealtWith.length == 0 ? 0 : ByteBuffer.wrap(dealtWith).getLong());
      move.update();
    }
  }
}
