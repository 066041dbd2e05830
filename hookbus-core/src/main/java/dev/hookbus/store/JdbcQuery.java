package dev.hookbus.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** A query by way of JDBC. */
class JdbcQuery implements Query {

  private final PreparedStatement statement;

  JdbcQuery(PreparedStatement statement) {
    this.statement = statement;
  }

  static JdbcQuery prepare(Connection connection, String sql) throws DatabaseException {
    try {
      return new JdbcQuery(connection.prepareStatement(sql));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** A driver's exception as the room knows it. */
  static DatabaseException failure(SQLException e) {
    return new DatabaseException(e.getMessage(), e.getErrorCode(), e.getSQLState(), e);
  }

  @Override
  public void bind(int index, long value) throws DatabaseException {
    try {
      statement.setLong(index, value);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void bind(int index, double value) throws DatabaseException {
    try {
      statement.setDouble(index, value);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void bind(int index, @Nullable String text) throws DatabaseException {
    try {
      statement.setString(index, text);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void bind(int index, byte @Nullable [] bytes) throws DatabaseException {
    try {
      statement.setBytes(index, bytes);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void bindNull(int index) throws DatabaseException {
    try {
      statement.setNull(index, Types.NULL);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public int update() throws DatabaseException {
    try {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public Rows rows() throws DatabaseException {
    try {
      return new JdbcRows(statement.executeQuery());
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs a statement of which neither rows nor a count are wanted. */
  void execute() throws DatabaseException {
    try {
      statement.execute();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
