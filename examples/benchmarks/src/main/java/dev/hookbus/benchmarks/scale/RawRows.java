package dev.hookbus.benchmarks.scale;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Rows written to SQLite without the library: write-ahead log, no flush at commit. */
final class RawRows extends RawTables {

  private static final int BUSY_MILLIS = 30_000;

  private final PreparedStatement begin;
  private final PreparedStatement commit;

  RawRows(Path file) throws SQLException {
    super(
        open(file),
        """
        INSERT INTO hook_logs
          (correlation_id, hook_name, event_type, tool_name, status, duration_ms, payload_bytes,
           created_ms, run_id, session_id, overhead_ms, latency_bucket)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
  }

  private static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  @Override
  void begin() throws SQLException {
    begin.execute();
  }

  @Override
  void commit() throws SQLException {
    commit.execute();
  }

  @Override
  void insertRows(int count) throws SQLException {
    begin();
    for (int i = 0; i < count; i++) {
      insertRow();
    }
    commit();
  }
}
