package dev.hookbus.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A query on a PostgreSQL server. */
final class PostgresQuery extends JdbcQuery {

  private final PreparedStatement statement;

  private PostgresQuery(PreparedStatement statement) {
    super(statement);
    this.statement = statement;
  }

  static PostgresQuery prepare(Connection connection, String sql) throws DatabaseException {
    try {
      return new PostgresQuery(connection.prepareStatement(sql));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The server's texts hold every character but one. */
  @Override
  public void bind(int index, @Nullable String text) throws DatabaseException {
    super.bind(index, text == null || text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD'));
  }

  @Override
  public void enqueue() throws DatabaseException {
    try {
      statement.addBatch();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  @Override
  public void runEnqueued() throws DatabaseException {
    try {
      statement.executeBatch();
    } catch (SQLException e) {
      throw failure(e);
    }
  }
}
