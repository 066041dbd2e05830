package dev.hookbus.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.sqlite.SQLiteConfig;

/**
 * What a careful programmer gets from SQLite without HookBus: one connection, write-ahead log,
 * statements prepared once, a log row of the same columns and a key of the same size.
 */
final class RawSqlite implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement log;
  private final PreparedStatement claim;
  private final PreparedStatement settle;
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final SplittableRandom random = new SplittableRandom(1);

  RawSqlite(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setGetGeneratedKeys(false);
    connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE log (
            id INTEGER PRIMARY KEY, correlation_id TEXT, hook TEXT, event TEXT, tool TEXT,
            status TEXT, duration_ms REAL, overhead_ms REAL, created_ms INTEGER, run_id TEXT,
            session_id TEXT, bucket INTEGER)
          """);
      statement.execute(
          "CREATE TABLE keys (k BLOB PRIMARY KEY, owner INTEGER, expires INTEGER, output TEXT)"
              + " WITHOUT ROWID");
    }
    log =
        connection.prepareStatement(
            "INSERT INTO log (correlation_id, hook, event, tool, status, duration_ms, overhead_ms,"
                + " created_ms, run_id, session_id, bucket) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
    claim =
        connection.prepareStatement(
            "INSERT INTO keys (k, owner, expires) VALUES (?, ?, ?) ON CONFLICT (k) DO UPDATE SET owner ="
                + " excluded.owner, expires = excluded.expires WHERE keys.expires <= ?");
    settle =
        connection.prepareStatement(
            "UPDATE keys SET expires = ?, output = ? WHERE k = ? AND owner = ?");
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
  }

  void insertLogRow(long number) throws SQLException {
    log.setString(1, "0123456789abcdef");
    log.setString(2, "benchmark");
    log.setString(3, "PostToolUse");
    log.setString(4, "Edit");
    log.setString(5, "success");
    log.setDouble(6, 0.01);
    log.setDouble(7, 0.01);
    log.setLong(8, number);
    log.setString(9, "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11");
    log.setString(10, "unknown");
    log.setInt(11, 400);
    log.executeUpdate();
  }

  byte[] claim(long number) throws SQLException {
    byte[] key =
        ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array();
    claim.setBytes(1, key);
    claim.setLong(2, number);
    claim.setLong(3, number + 3_600_000);
    claim.setLong(4, number);
    claim.executeUpdate();
    return key;
  }

  /** What a guard with a key must do at the least: a committed claim, then settle and log. */
  void claimThenSettleAndLog(long number) throws SQLException {
    byte[] key = claim(number);
    begin.execute();
    settle.setLong(1, number + 3_600_000);
    settle.setString(2, Long.toString(number));
    settle.setBytes(3, key);
    settle.setLong(4, number);
    settle.executeUpdate();
    insertLogRow(number);
    commit.execute();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
