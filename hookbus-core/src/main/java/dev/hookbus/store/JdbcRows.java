package dev.hookbus.store;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows by way of JDBC. */
final class JdbcRows implements Rows {

  private final ResultSet results;

  JdbcRows(ResultSet results) {
    this.results = results;
  }

  @Override
  public boolean next() throws DatabaseException {
    try {
      return results.next();
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public long getLong(int column) throws DatabaseException {
    try {
      return results.getLong(column);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public int getInt(int column) throws DatabaseException {
    try {
      return results.getInt(column);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public double getDouble(int column) throws DatabaseException {
    try {
      return results.getDouble(column);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public @Nullable String getTextOrNull(int column) throws DatabaseException {
    try {
      return results.getString(column);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public byte @Nullable [] getBytesOrNull(int column) throws DatabaseException {
    try {
      return results.getBytes(column);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public boolean isNull(int column) throws DatabaseException {
    try {
      return results.getObject(column) == null;
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public void close() throws DatabaseException {
    try {
      results.close();
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public String getText(int column) throws DatabaseException {
    return requireNonNull(getTextOrNull(column));
  }

  @Override
  public byte[] getBytes(int column) throws DatabaseException {
    return requireNonNull(getBytesOrNull(column));
  }
}
