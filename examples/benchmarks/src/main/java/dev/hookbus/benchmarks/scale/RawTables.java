package dev.hookbus.benchmarks.scale;

import dev.hookbus.metrics.LatencyBuckets;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A connection of a careful programmer who writes the library's rows into the library's tables by
 * the driver alone, every statement prepared once.
 */
abstract class RawTables implements AutoCloseable {

  private static final long LEASE_MILLIS = 600_000;
  private static final long TTL_MILLIS = 86_400_000;

  final Connection connection;
  final PreparedStatement row;
  private final PreparedStatement claim;
  private final PreparedStatement settle;

  /**
   * Prepares the statements.
   *
   * @param insertRow takes what {@link #bindRow} binds
   */
  RawTables(Connection connection, String insertRow) throws SQLException {
    this.connection = connection;
    row = connection.prepareStatement(insertRow);
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

  /** Begins a transaction that writes. */
  abstract void begin() throws SQLException;

  /** Ends it. */
  abstract void commit() throws SQLException;

  /** In one transaction. */
  abstract void insertRows(int count) throws SQLException;

  final void insertRow() throws SQLException {
    bindRow();
    row.executeUpdate();
  }

  void bindRow() throws SQLException {
    row.setString(1, "0123456789abcdef");
    row.setString(2, "benchmark");
    row.setString(3, "PostToolUse");
    row.setString(4, "Edit");
    row.setString(5, "success");
    row.setDouble(6, 0.01);
    row.setLong(7, 0);
    row.setLong(8, System.currentTimeMillis());
    row.setString(9, "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11");
    row.setString(10, "unknown");
    row.setDouble(11, 0.01);
    row.setInt(12, LatencyBuckets.indexOf(10_000));
  }

  /** What a guard with a key does at the least: a committed claim, then settle and log. */
  final void claimThenSettleAndInsert() throws SQLException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] key =
        ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array();
    long owner = random.nextLong();
    long now = System.currentTimeMillis();
    claim.setBytes(1, key);
    claim.setLong(2, owner);
    claim.setLong(3, now);
    claim.setLong(4, now + LEASE_MILLIS);
    claim.executeUpdate();
    begin();
    settle.setLong(1, now);
    settle.setLong(2, now + TTL_MILLIS);
    settle.setBytes(3, key);
    settle.setLong(4, owner);
    settle.executeUpdate();
    insertRow();
    commit();
  }

  @Override
  public final void close() throws SQLException {
    connection.close();
  }
}
