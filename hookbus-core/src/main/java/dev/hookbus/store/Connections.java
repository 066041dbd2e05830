package dev.hookbus.store;

/** Lends sessions: the only way to the database. */
interface Connections extends AutoCloseable {

  /**
   * Runs {@code work} with a session, waiting for one and for other writers at most for the budget.
   * Opening the database is not taken from the budget.
   *
   * @throws StoreException if no session could be had, or if {@code work} failed
   */
  <T> T with(Budget budget, Session.Work<T> work) throws StoreException;

  /**
   * As {@link #with}, for work that writes, all or nothing, and is committed when this returns.
   * Several threads' work may share a commit; then work that fails is undone and tried once more,
   * by itself, so it must be such that it can.
   *
   * @param atomic whether the work is one statement, which needs no transaction when it is alone
   */
  <T> T write(Budget budget, boolean atomic, Session.Work<T> work) throws StoreException;

  /** Waits for running work and closes every connection. */
  @Override
  void close();
}
