package dev.hookbus.store;

import java.util.List;

/**
 * The tables, and the rule by which versions share them: changes only add, and {@code hookbus_meta}
 * names the oldest version that may write.
 */
final class Schema {

  /** The version of the tables this code writes. */
  static final int VERSION = 5;

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
            event_nonce    INTEGER,
            tool_use_id    TEXT,
            event_source   TEXT,
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
            latency             TEXT,
            PRIMARY KEY (hook_name, resolution, period)
          ) WITHOUT ROWID
          """);

  /** For people: the histograms as rows. */
  private static final String LATENCY_VIEW =
      """
      CREATE VIEW IF NOT EXISTS hook_latency AS
      SELECT hook_name, resolution, period, CAST(histogram.key AS INTEGER) AS bucket,
        histogram.value AS n
      FROM hook_metrics, json_each(hook_metrics.latency) AS histogram
      """;

  /** What packs the histograms of versions in which each bucket was a row. */
  private static final List<String> PACK_LATENCY =
      List.of(
          "ALTER TABLE hook_metrics ADD COLUMN latency TEXT",
          """
          UPDATE hook_metrics SET latency = (
            SELECT json_group_object(bucket, n) FROM hook_latency
            WHERE hook_latency.hook_name = hook_metrics.hook_name
              AND hook_latency.resolution = hook_metrics.resolution
              AND hook_latency.period = hook_metrics.period)
          """,
          "DROP TABLE hook_latency");

  private static final String LATENCY_TABLES =
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'hook_latency'";

  /** What versions since the second one added to tables: table, column, declaration. */
  private static final List<List<String>> ADDED =
      List.of(
          List.of("hook_logs", "event_nonce", "INTEGER"),
          List.of("hook_logs", "tool_use_id", "TEXT"),
          List.of("hook_logs", "event_source", "TEXT"),
          List.of("sink_state", "rate_minute", "INTEGER NOT NULL DEFAULT 0"),
          List.of("sink_state", "rate_now", "INTEGER NOT NULL DEFAULT 0"),
          List.of("sink_state", "rate_before", "INTEGER NOT NULL DEFAULT 0"));

  private static final String VERSION_FOUND = "PRAGMA user_version";

  private Schema() {}

  /** The version of the tables that are there; 0 where there are none. */
  static int version(Session session) throws DatabaseException {
    return (int) session.number(VERSION_FOUND);
  }

  /** Whether the tables are of a version this code can write. */
  static boolean isCurrent(Session session) throws DatabaseException, StoreException {
    int version = version(session);
    if (version > VERSION) {
      requireOldWritersAllowed(session, version, VERSION, "HOOKBUS_DB");
    }
    return version >= VERSION;
  }

  /** Makes what is missing. The caller keeps other processes from doing the same. */
  static void migrate(Session session) throws DatabaseException, StoreException {
    if (isCurrent(session)) {
      return;
    }
    refuseForeignTables(session);
    // Both must come before the first table, and outside any transaction.
    session.execute("PRAGMA auto_vacuum = INCREMENTAL");
    session.execute("PRAGMA journal_mode = WAL");
    session.inTransaction(
        locked -> {
          for (String table : TABLES) {
            locked.execute(table);
          }
          for (String table : OutboxTables.ALL) {
            locked.execute(table);
          }
          locked.execute(WaitingRecords.TABLE);
          if (locked.number(LATENCY_TABLES) > 0) {
            for (String step : PACK_LATENCY) {
              locked.execute(step);
            }
          }
          locked.execute(LATENCY_VIEW);
          for (List<String> column : ADDED) {
            add(locked, column.get(0), column.get(1), column.get(2));
          }
          locked.execute(
              "INSERT OR IGNORE INTO hookbus_meta (name, value)"
                  + " VALUES ('min_writer', 1), ('rollup_watermark', 0), ('outbox_watermark', 0)");
          locked.execute("PRAGMA user_version = " + VERSION);
          return true;
        });
  }

  private static void add(Session session, String table, String column, String declaration)
      throws DatabaseException {
    String found =
        "SELECT count(*) FROM pragma_table_info('" + table + "') WHERE name = '" + column + "'";
    if (session.number(found) == 0) {
      session.execute("ALTER TABLE " + table + " ADD COLUMN " + column + " " + declaration);
    }
  }

  /** The Python HookBus's tables have our names, so they would seem to be there already. */
  private static void refuseForeignTables(Session session)
      throws DatabaseException, StoreException {
    boolean empty = session.number("SELECT count(*) FROM sqlite_master") == 0;
    boolean ours =
        session.number("SELECT count(*) FROM sqlite_master WHERE name = 'hookbus_meta'") > 0;
    if (!empty && !ours) {
      throw new StoreException(
          "the database belongs to another program, perhaps the Python HookBus; set HOOKBUS_DB to"
              + " another file",
          null);
    }
  }

  /**
   * Makes sure that tables of a newer version take writers of an older one.
   *
   * @param found the tables' version
   * @param written the version this code writes
   * @param flag names the place, where another can be chosen
   */
  static void requireOldWritersAllowed(Session session, int found, int written, String flag)
      throws DatabaseException, StoreException {
    long oldest = session.number("SELECT value FROM hookbus_meta WHERE name = 'min_writer'");
    if (oldest > written) {
      throw new StoreException(
          "the database is of schema "
              + found
              + " and takes writers from schema "
              + oldest
              + " on, this is "
              + written
              + "; update HookBus or set "
              + flag
              + " to another one",
          null);
    }
  }
}
