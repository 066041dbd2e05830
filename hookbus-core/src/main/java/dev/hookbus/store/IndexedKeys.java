package dev.hookbus.store;

import java.util.function.LongSupplier;

/**
 * Finds expired keys by the server's index on their expiry: the fleet's keys are too many to be
 * read each minute. A key that somebody takes meanwhile is left alone.
 */
final class IndexedKeys implements ExpiredKeys {

  // The clock in a query of its own is read once, which lets the index be searched for it.
  static final String REMOVE =
      """
      DELETE FROM dedupe_keys WHERE key = ANY (ARRAY(
        SELECT key FROM dedupe_keys
        WHERE expires_ms <= (SELECT {now + ?})
          AND (state = 1 OR expires_ms <= (SELECT {now + ?}) - ?)
        ORDER BY expires_ms LIMIT ? FOR UPDATE SKIP LOCKED))
      """;

  private final LongSupplier clockOffset;
  private boolean ended;

  IndexedKeys(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  @Override
  public int removeSome(Session session, Pace pace) throws DatabaseException {
    if (ended) {
      return NONE_LEFT;
    }
    long offset = clockOffset.getAsLong();
    int most = pace.rows();
    Query remove = session.prepared(REMOVE);
    remove.bind(1, offset);
    remove.bind(2, offset);
    remove.bind(3, DedupeKeys.FENCE_MEMORY_MILLIS);
    remove.bind(4, most);
    int removed = pace.step(session, locked -> remove.update());
    ended = removed < most;
    return removed;
  }
}
