package dev.hookbus.benchmarks.scale;

import dev.hookbus.metrics.LatencyBuckets;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A connection of a careful programmer who writes the library's rows into the library's tables by
 * the driver alone, every statement prepared once.
 */
final class RawPostgres implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement row;
  private final PreparedStatement claim;
  private final PreparedStatement settle;

  RawPostgres(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
    row =
        connection.prepareStatement(
            """
            INSERT INTO hook_logs
              (record_id, correlation_id, hook_name, event_type, tool_name, status, duration_ms,
               payload_bytes, created_ms, run_id, session_id, overhead_ms, latency_bucket)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
    claim =
        connection.prepareStatement(
            """
            INSERT INTO dedupe_keys (key, category, state, owner, fence, created_ms, expires_ms)
            VALUES (?, 'raw', 0, ?, 1, ?, ?)
            ON CONFLICT (key) DO UPDATE SET
              owner = excluded.owner, fence = dedupe_keys.fence + 1
            WHERE dedupe_keys.expires_ms <= excluded.created_ms
            """);
    settle =
        connection.prepareStatement(
            """
            UPDATE dedupe_keys SET state = 1, completed_ms = ?, expires_ms = ?
            WHERE key = ? AND owner = ?
            """);
  }

  void insertRow() throws SQLException {
    bindRow();
    row.executeUpdate();
  }

  /** In one transaction and one round trip. */
  void insertRows(int count) throws SQLException {
    connection.setAutoCommit(false);
    for (int i = 0; i < count; i++) {
      bindRow();
      row.addBatch();
    }
    row.executeBatch();
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void bindRow() throws SQLException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    row.setObject(1, new UUID(random.nextLong(), random.nextLong()));
    row.setString(2, "0123456789abcdef");
    row.setString(3, "benchmark");
    row.setString(4, "PostToolUse");
    row.setString(5, "Edit");
    row.setString(6, "success");
    row.setDouble(7, 0.01);
    row.setLong(8, 0);
    row.setLong(9, System.currentTimeMillis());
    row.setString(10, "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11");
    row.setString(11, "unknown");
    row.setDouble(12, 0.01);
    row.setInt(13, LatencyBuckets.indexOf(10_000));
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
    claim.setLong(4, now + 600_000);
    claim.executeUpdate();
    connection.setAutoCommit(false);
    settle.setLong(1, now);
    settle.setLong(2, now + 86_400_000);
    settle.setBytes(3, key);
    settle.setLong(4, owner);
    settle.executeUpdate();
    insertRow();
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
