package dev.hookbus.benchmarks.scale;

import dev.hookbus.metrics.LatencyBuckets;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.sqlite.SQLiteConfig;

/**
 * A connection of a careful programmer who writes the library's rows into the library's tables
 * without the library: write-ahead log, no flush at commit, statements prepared once.
 */
final class RawRows implements AutoCloseable {

  private static final int BUSY_MILLIS = 30_000;

  private final Connection connection;
  private final PreparedStatement row;
  private final PreparedStatement claim;
  private final PreparedStatement settle;
  private final PreparedStatement begin;
  private final PreparedStatement commit;

  RawRows(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false);
    connection = config.createConnection("jdbc:sqlite:" + file);
    row =
        connection.prepareStatement(
            """
            INSERT INTO hook_logs
              (correlation_id, hook_name, event_type, tool_name, status, duration_ms, payload_bytes,
               created_ms, run_id, session_id, overhead_ms, latency_bucket)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    claim =
        connection.prepareStatement(
            """
            INSERT INTO dedupe_keys (key, category, state, owner, fence, created_ms, expires_ms)
            VALUES (?, 'raw', 0, ?, 1, ?, ?)
            ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, fence = fence + 1
            WHERE dedupe_keys.expires_ms <= excluded.created_ms
            """);
    settle =
        connection.prepareStatement(
            "UPDATE dedupe_keys SET state = 1, completed_ms = ? WHERE key = ? AND owner = ?");
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
  }

  void insertRow() throws SQLException {
    row.setString(1, "0123456789abcdef");
    row.setString(2, "benchmark");
    row.setString(3, "PostToolUse");
    row.setString(4, "Edit");
    row.setString(5, "success");
    row.setDouble(6, 0.01);
    row.setInt(7, 0);
    row.setLong(8, System.currentTimeMillis());
    row.setString(9, "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11");
    row.setString(10, "unknown");
    row.setDouble(11, 0.01);
    row.setInt(12, LatencyBuckets.indexOf(10_000));
    row.executeUpdate();
  }

  void insertRows(int count) throws SQLException {
    begin.execute();
    for (int i = 0; i < count; i++) {
      insertRow();
    }
    commit.execute();
  }

  /** What a guard with a key does at the least: a committed claim, then settle and log. */
  void claimThenSettleAndInsert() throws SQLException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] key =
        ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array();
    long owner = random.nextLong();
    long now = System.currentTimeMillis();
    claim.setBytes(1, key);
    claim.setLong(2, owner);
    claim.setLong(3, now);
    claim.setLong(4, now + 3_600_000);
    claim.executeUpdate();
    begin.execute();
    settle.setLong(1, now);
    settle.setBytes(2, key);
    settle.setLong(3, owner);
    settle.executeUpdate();
    insertRow();
    commit.execute();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
