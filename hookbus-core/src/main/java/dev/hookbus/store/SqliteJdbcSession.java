package dev.hookbus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A session on a SQLite file by way of its JDBC driver. */
final class SqliteJdbcSession extends Session {

  private static final String BEGIN = "BEGIN IMMEDIATE";
  private static final String COMMIT = "COMMIT";
  private static final String ROLLBACK = "ROLLBACK";

  private final Connection connection;
  private final JitteredBusyHandler busyHandler;
  private final Map<String, JdbcQuery> queries = new HashMap<>();

  SqliteJdbcSession(Connection connection, JitteredBusyHandler busyHandler) {
    this.connection = connection;
    this.busyHandler = busyHandler;
  }

  @Override
  Query prepared(String sql) throws DatabaseException {
    return kept(sql);
  }

  private JdbcQuery kept(String sql) throws DatabaseException {
    JdbcQuery query = queries.get(sql);
    if (query == null) {
      query = JdbcQuery.prepare(connection, Dialect.SQLITE.translate(sql));
      queries.put(sql, query);
    }
    return query;
  }

  @Override
  void execute(String sql) throws DatabaseException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  void begin() throws DatabaseException {
    kept(BEGIN).execute();
  }

  @Override
  void commit() throws DatabaseException {
    kept(COMMIT).execute();
  }

  @Override
  void rollback() {
    try {
      kept(ROLLBACK).execute();
    } catch (DatabaseException rolledBackAlready) {
      // The database ends the transaction by itself on most errors.
    }
  }

  @Override
  void waitUntil(long deadline) {
    busyHandler.waitUntil(deadline);
  }

  @Override
  void close() {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // There is nothing left to lose: whatever was acknowledged is committed.
    }
  }
}
