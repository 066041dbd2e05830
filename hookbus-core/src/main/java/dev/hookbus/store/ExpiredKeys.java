package dev.hookbus.store;

/** Removes keys that are nobody's any more, a step at a time. */
interface ExpiredKeys {

  /** What {@link #removeSome} answers when none is left. */
  int NONE_LEFT = -1;

  /**
   * Removes as many as the pace allows, or looks for some.
   *
   * @return how many went; 0 says nothing about what is left
   */
  int removeSome(Session session, Pace pace) throws DatabaseException;

  /** Told at the end, whether or not any are left. */
  default void end(Session session) throws DatabaseException {}
}
