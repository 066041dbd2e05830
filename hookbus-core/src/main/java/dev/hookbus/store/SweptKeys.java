package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds expired keys by reading the table from end to end: an index on their expiry would cost
 * every claim a page more to write.
 */
final class SweptKeys implements ExpiredKeys {

  private static final int READ_AT_ONCE = 2_000;

  private final DedupeKeys keys;
  private List<KeyHash> found = List.of();
  private @Nullable KeyHash next;
  private boolean ended;

  SweptKeys(DedupeKeys keys) {
    this.keys = keys;
  }

  @Override
  public int removeSome(Session session) throws DatabaseException {
    if (found.isEmpty()) {
      if (ended) {
        return NONE_LEFT;
      }
      DedupeKeys.ExpiredPage page = keys.findExpired(session, next, READ_AT_ONCE);
      found = page.keys();
      next = page.next();
      ended = next == null;
      return 0;
    }
    List<KeyHash> some = found.subList(0, Math.min(found.size(), REMOVED_AT_ONCE));
    found = found.subList(some.size(), found.size());
    return session.inTransaction(locked -> keys.deleteExpired(locked, some));
  }
}
