package dev.hookbus.benchmarks.scale;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Rows written to PostgreSQL without the library. */
final class RawPostgres extends RawTables {

  RawPostgres(String url) throws SQLException {
    super(
        DriverManager.getConnection(url),
        """
        INSERT INTO hook_logs
          (correlation_id, hook_name, event_type, tool_name, status, duration_ms, payload_bytes,
           created_ms, run_id, session_id, overhead_ms, latency_bucket, record_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);
  }

  @Override
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  @Override
  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** In one round trip. */
  @Override
  void insertRows(int count) throws SQLException {
    begin();
    for (int i = 0; i < count; i++) {
      bindRow();
      row.addBatch();
    }
    row.executeBatch();
    commit();
  }

  @Override
  void bindRow() throws SQLException {
    super.bindRow();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    row.setObject(13, new UUID(random.nextLong(), random.nextLong()));
  }
}
