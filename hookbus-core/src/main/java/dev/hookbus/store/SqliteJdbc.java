package dev.hookbus.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** Connections to a SQLite file by way of its JDBC driver. */
final class SqliteJdbc implements ConnectionSource {

  private final SqliteDatabase database;

  SqliteJdbc(SqliteDatabase database) {
    this.database = database;
  }

  static Session open(Path file, boolean flushEveryCommit) throws DatabaseException {
    try {
      return ready(pragmas(flushEveryCommit).createConnection(url(file)));
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  /** As {@link #open}, but makes no file. */
  static Session openExisting(Path file, boolean flushEveryCommit) throws DatabaseException {
    try {
      SQLiteConfig config = pragmas(flushEveryCommit);
      config.resetOpenMode(SQLiteOpenMode.CREATE);
      return ready(config.createConnection(url(file)));
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  @Override
  public DataSource dataSource() {
    SQLiteDataSource dataSource = new SQLiteDataSource(pragmas(database.flushEveryCommit()));
    dataSource.setUrl(url(database.file()));
    return dataSource;
  }

  @Override
  public Session session(Connection connection) throws SQLException {
    return ready(connection);
  }

  @Override
  public long idleMillis() {
    return 0;
  }

  private static SqliteJdbcSession ready(Connection connection) throws SQLException {
    JitteredBusyHandler busyHandler = new JitteredBusyHandler();
    BusyHandler.setHandler(connection, busyHandler);
    return new SqliteJdbcSession(connection, busyHandler);
  }

  private static SQLiteConfig pragmas(boolean flushEveryCommit) {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(
        flushEveryCommit ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
    config.setJournalSizeLimit(SqliteDatabase.JOURNAL_LIMIT_BYTES);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    // Otherwise the driver asks for the last row ID, with a fresh statement, after every insert.
    config.setGetGeneratedKeys(false);
    return config;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }
}
