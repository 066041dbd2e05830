package dev.hookbus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * A session on a PostgreSQL server. Every statement outside a transaction is one of its own, and
 * one round trip. No statement waits for an answer beyond the deadline.
 */
final class PostgresSession extends Session {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Connection connection;
  private final Map<String, PostgresQuery> queries = new HashMap<>();
  private long deadline = System.nanoTime();

  PostgresSession(Connection connection) {
    this.connection = connection;
  }

  @Override
  Query prepared(String sql) throws DatabaseException {
    limitWaiting();
    PostgresQuery query = queries.get(sql);
    if (query == null) {
      query = PostgresQuery.prepare(connection, Dialect.POSTGRESQL.translate(sql));
      queries.put(sql, query);
    }
    return query;
  }

  @Override
  void execute(String sql) throws DatabaseException {
    limitWaiting();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  /** The server is told with the first statement. */
  @Override
  void begin() throws DatabaseException {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  void commit() throws DatabaseException {
    limitWaiting();
    try {
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  void rollback() {
    try {
      limitWaiting();
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException | DatabaseException alreadyBroken) {
      // A server that lost the connection has rolled back.
    }
  }

  @Override
  void waitUntil(long nanoTime) {
    deadline = nanoTime;
  }

  @Override
  void awaitWriters() throws DatabaseException {
    try (Rows rows = prepared(PostgresSchema.AWAIT_WRITERS).rows()) {
      while (rows.next()) {
        // The lock is let go of with the statement.
      }
    }
  }

  @Override
  void close() {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // There is nothing left to lose: whatever was acknowledged is committed.
    }
  }

  private void limitWaiting() throws DatabaseException {
    long left = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
    try {
      connection.setNetworkTimeout(Runnable::run, (int) Math.min(Math.max(1, left), 1_000_000));
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }
}
