package dev.hookbus.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A connection with its prepared statements, each prepared once. Used by one thread at a time. */
final class Session {

  /** What is done with a session. */
  @FunctionalInterface
  interface Work<T> {
    T with(Session session) throws SQLException;
  }

  private final Connection connection;
  private final JitteredBusyHandler busyHandler;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection, JitteredBusyHandler busyHandler) {
    this.connection = connection;
    this.busyHandler = busyHandler;
  }

  /**
   * The statement for {@code sql}, which must be a constant: statements are kept for ever. Bindings
   * of an earlier use are still in place.
   */
  PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Runs a statement that takes no parameters and gives no rows. */
  void execute(String sql) throws SQLException {
    prepared(sql).execute();
  }

  /** Runs a pragma that works a little at each of many steps. */
  void executeToItsEnd(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(pragma);
    }
  }

  /**
   * Runs {@code work} in one transaction that takes the write lock at once: a transaction that
   * reads first and writes later fails with a busy error when another writer came between.
   */
  <T> T inTransaction(Work<T> work) throws SQLException {
    execute("BEGIN IMMEDIATE");
    boolean committed = false;
    try {
      T result = work.with(this);
      execute("COMMIT");
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  /** Lets busy statements of this session wait until {@code deadline}, a {@code nanoTime}. */
  void waitUntil(long deadline) {
    busyHandler.waitUntil(deadline);
  }

  Connection connection() {
    return connection;
  }

  /** Closes the connection, and with it every statement. */
  void close() {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // There is nothing left to lose: whatever was acknowledged is committed.
    }
  }

  private void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException rolledBackAlready) {
      // The database ends the transaction by itself on most errors.
    }
  }
}
