package dev.hookbus.store;

/**
 * A connection with its prepared statements, each prepared once. Used by one thread at a time.
 *
 * <p>Statements are written once for every engine. What engines say differently is a word in braces
 * that the session's {@link Dialect} knows.
 */
abstract class Session {

  /** What is done with a session. */
  @FunctionalInterface
  interface Work<T> {
    T with(Session session) throws DatabaseException;
  }

  /**
   * The statement for {@code sql}, which must be a constant: statements are kept for ever. Bindings
   * of an earlier use are still in place.
   */
  abstract Query prepared(String sql) throws DatabaseException;

  /** Runs a statement once and to its end, passing over its rows, and keeps nothing of it. */
  abstract void execute(String sql) throws DatabaseException;

  /**
   * Runs {@code work} in one transaction that takes the write lock at once: a transaction that
   * reads first and writes later fails with a busy error when another writer came between.
   */
  final <T> T inTransaction(Work<T> work) throws DatabaseException {
    begin();
    boolean committed = false;
    try {
      T result = work.with(this);
      commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  /** Begins a transaction, waiting for the write lock where the engine has one. */
  abstract void begin() throws DatabaseException;

  abstract void commit() throws DatabaseException;

  /** Ends a failed transaction, if the engine has not done so by itself. */
  abstract void rollback();

  /** Lets statements of this session wait for others until {@code deadline}, a {@code nanoTime}. */
  abstract void waitUntil(long deadline);

  /**
   * Waits until rows of the log that others are inserting now are committed or given up: then no
   * row can appear any more whose ID is smaller than one that was seen before.
   */
  void awaitWriters() throws DatabaseException {
    // Where there is one writer at a time, IDs appear in their order.
  }

  /** Closes the connection, and with it every statement. */
  abstract void close();

  /** The database's clock in epoch milliseconds, plus {@code offset}. */
  final long now(long offset) throws DatabaseException {
    Query query = prepared("SELECT {now + ?}");
    query.bind(1, offset);
    try (Rows rows = query.rows()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The first column of the first row, as a number; 0 where there is none. */
  final long number(String sql) throws DatabaseException {
    try (Rows rows = prepared(sql).rows()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The first column of the first row, as text; empty where there is none. */
  final String text(String sql) throws DatabaseException {
    try (Rows rows = prepared(sql).rows()) {
      return rows.next() ? rows.getText(1) : "";
    }
  }
}
