package dev.hookbus.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and the rule by which versions share them: changes only add, and {@code hookbus_meta}
 * names the oldest version that may write.
 */
final class Schema {

  /** The version of the tables this code writes. */
  static final int VERSION = 2;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS hookbus_meta (
            name  TEXT PRIMARY KEY,
            value INTEGER NOT NULL
          ) WITHOUT ROWID
          """,
          // No secondary index: each would cost every hook a page, and the statistics below answer
          // what the log would be searched for.
          """
          CREATE TABLE IF NOT EXISTS hook_logs (
            log_id         INTEGER PRIMARY KEY,
            correlation_id TEXT NOT NULL,
            hook_name      TEXT NOT NULL,
            event_type     TEXT NOT NULL,
            tool_name      TEXT,
            status         TEXT NOT NULL,
            duration_ms    REAL,
            payload_bytes  INTEGER,
            compressed     INTEGER NOT NULL DEFAULT 0,
            payload        BLOB,
            error          TEXT,
            created_ms     INTEGER NOT NULL,
            run_id         TEXT NOT NULL,
            session_id     TEXT NOT NULL,
            overhead_ms    REAL NOT NULL,
            latency_bucket INTEGER,
            degraded       INTEGER NOT NULL DEFAULT 0,
            truncated      INTEGER NOT NULL DEFAULT 0,
            payload_sha256 BLOB,
            redactions     TEXT,
            created_at     TEXT GENERATED ALWAYS AS
              (strftime('%Y-%m-%dT%H:%M:%fZ', created_ms / 1000.0, 'unixepoch')) VIRTUAL
          )
          """,
          """
          CREATE TABLE IF NOT EXISTS dedupe_keys (
            key          BLOB PRIMARY KEY,
            category     TEXT NOT NULL,
            state        INTEGER NOT NULL,
            owner        INTEGER NOT NULL,
            fence        INTEGER NOT NULL,
            created_ms   INTEGER NOT NULL,
            expires_ms   INTEGER NOT NULL,
            completed_ms INTEGER,
            payload_hash BLOB,
            output_kind  TEXT,
            output       TEXT,
            created_at   TEXT GENERATED ALWAYS AS
              (strftime('%Y-%m-%dT%H:%M:%fZ', created_ms / 1000.0, 'unixepoch')) VIRTUAL,
            expires_at   TEXT GENERATED ALWAYS AS
              (strftime('%Y-%m-%dT%H:%M:%fZ', expires_ms / 1000.0, 'unixepoch')) VIRTUAL
          ) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS hook_latency (
            hook_name  TEXT NOT NULL,
            resolution INTEGER NOT NULL,
            period     INTEGER NOT NULL,
            bucket     INTEGER NOT NULL,
            n          INTEGER NOT NULL,
            PRIMARY KEY (hook_name, resolution, period, bucket)
          ) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS hook_metrics (
            hook_name           TEXT NOT NULL,
            resolution          INTEGER NOT NULL,
            period              INTEGER NOT NULL,
            call_count          INTEGER NOT NULL,
            success_count       INTEGER NOT NULL,
            failure_count       INTEGER NOT NULL,
            dedupe_hits         INTEGER NOT NULL,
            degraded_count      INTEGER NOT NULL,
            total_duration_ms   REAL NOT NULL,
            total_overhead_ms   REAL NOT NULL,
            total_payload_bytes INTEGER NOT NULL,
            PRIMARY KEY (hook_name, resolution, period)
          ) WITHOUT ROWID
          """);

  private static final String MIN_WRITER = "min_writer";

  private Schema() {}

  /** Whether the tables are of a version this code can write. */
  static boolean isCurrent(Connection connection) throws SQLException, StoreException {
    int version = queryInt(connection, "PRAGMA user_version");
    if (version > VERSION) {
      requireOldWritersAllowed(connection, version);
    }
    return version >= VERSION;
  }

  /** Makes what is missing. The caller keeps other processes from doing the same. */
  static void migrate(Session session) throws SQLException, StoreException {
    Connection connection = session.connection();
    if (isCurrent(connection)) {
      return;
    }
    refuseForeignTables(connection);
    try (Statement statement = connection.createStatement()) {
      // Both must come before the first table, and outside any transaction.
      statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
      statement.execute("PRAGMA journal_mode = WAL");
    }
    session.inTransaction(
        ignored -> {
          try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
              statement.execute(table);
            }
            for (String table : OutboxTables.ALL) {
              statement.execute(table);
            }
            statement.execute(
                "INSERT OR IGNORE INTO hookbus_meta (name, value) VALUES ('"
                    + MIN_WRITER
                    + "', 1), ('"
                    + RollUp.WATERMARK
                    + "', 0)");
            statement.execute("PRAGMA user_version = " + VERSION);
          }
          return true;
        });
  }

  /** The Python HookBus's tables have our names, so they would seem to be there already. */
  private static void refuseForeignTables(Connection connection)
      throws SQLException, StoreException {
    boolean empty = queryInt(connection, "SELECT count(*) FROM sqlite_master") == 0;
    boolean ours =
        queryInt(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'hookbus_meta'") > 0;
    if (!empty && !ours) {
      throw new StoreException(
          "the database belongs to another program, perhaps the Python HookBus; set HOOKBUS_DB to"
              + " another file",
          null);
    }
  }

  private static void requireOldWritersAllowed(Connection connection, int version)
      throws SQLException, StoreException {
    int oldest =
        queryInt(connection, "SELECT value FROM hookbus_meta WHERE name = '" + MIN_WRITER + "'");
    if (oldest > VERSION) {
      throw new StoreException(
          "the database is of schema "
              + version
              + " and takes writers from schema "
              + oldest
              + " on, this is "
              + VERSION
              + "; update HookBus or set HOOKBUS_DB to another file",
          null);
    }
  }

  private static int queryInt(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }
}
