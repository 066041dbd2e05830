package dev.hookbus.store;

/** Removes keys that are nobody's any more, a batch at a time. */
interface ExpiredKeys {

  /** What {@link #removeSome} answers when none is left. */
  int NONE_LEFT = -1;

  /** So many are removed at once: hooks wait meanwhile. */
  int REMOVED_AT_ONCE = 500;

  /**
   * Removes some, in one transaction.
   *
   * @return how many; 0 says nothing about what is left
   */
  int removeSome(Session session) throws DatabaseException;
}
