package dev.hookbus.store;

import java.util.List;

/**
 * The shared tables as PostgreSQL has them. They are made, or found in order, under an advisory
 * lock, so that a fleet that starts at once makes them once.
 */
final class PostgresSchema {

  /** The version of the tables this code writes. */
  static final int VERSION = 2;

  /** Names the lock under which tables are made: the letters "hookbus" and a digit. */
  private static final long SCHEMA_LOCK = 0x686f6f6b62757301L;

  /**
   * Names the lock that whoever inserts into the log holds, shared, until the row is committed. IDs
   * are drawn in an order in which rows need not be committed, and what is counted up to an ID must
   * not miss one.
   */
  private static final long LOG_LOCK = 0x686f6f6b62757302L;

  /** Taken before an ID of the log is drawn; a table expression of one row. */
  static final String HOLD_LOG = "pg_advisory_xact_lock_shared(" + LOG_LOCK + ")";

  static final String AWAIT_WRITERS = "SELECT pg_advisory_xact_lock(" + LOG_LOCK + ")";

  private static final String HOLD_SCHEMA = "SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")";

  private static final String FOUND_VERSION =
      "SELECT value FROM hookbus_meta WHERE name = 'schema_version'";

  private static final String MADE = "SELECT count(to_regclass('hookbus_meta'))";

  /** One where an index is missing that takes longer to make than a call may wait. */
  private static final String NEEDS_LONG =
      """
      SELECT count(*) FROM pg_class
      WHERE oid = to_regclass('dedupe_keys') AND pg_relation_size(oid) > 67108864
        AND NOT EXISTS (
          SELECT 1 FROM pg_index
          WHERE indexrelid = to_regclass('dedupe_keys_expiry') AND indisvalid)
      """;

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static final List<String> STATEMENTS =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS hookbus_meta (
            name  text PRIMARY KEY,
            value bigint NOT NULL
          )""",
          """
          CREATE TABLE IF NOT EXISTS hook_logs (
            log_id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            record_id      uuid NOT NULL UNIQUE,
            correlation_id text NOT NULL,
            hook_name      text NOT NULL,
            event_type     text NOT NULL,
            tool_name      text,
            status         text NOT NULL,
            duration_ms    double precision,
            payload_bytes  bigint,
            compressed     integer NOT NULL DEFAULT 0,
            payload        bytea,
            error          text,
            created_ms     bigint NOT NULL,
            run_id         text NOT NULL,
            session_id     text NOT NULL,
            overhead_ms    double precision NOT NULL,
            latency_bucket integer,
            degraded       integer NOT NULL DEFAULT 0,
            truncated      integer NOT NULL DEFAULT 0,
            payload_sha256 bytea,
            redactions     text,
            created_at     timestamptz GENERATED ALWAYS AS
              (to_timestamp(created_ms / 1000.0)) STORED
          )""",
          """
          CREATE TABLE IF NOT EXISTS dedupe_keys (
            key          bytea PRIMARY KEY,
            category     text NOT NULL,
            state        integer NOT NULL,
            owner        bigint NOT NULL,
            fence        bigint NOT NULL,
            created_ms   bigint NOT NULL,
            expires_ms   bigint NOT NULL,
            completed_ms bigint,
            payload_hash bytea,
            output_kind  text,
            output       text,
            created_at   timestamptz GENERATED ALWAYS AS
              (to_timestamp(created_ms / 1000.0)) STORED,
            expires_at   timestamptz GENERATED ALWAYS AS
              (to_timestamp(expires_ms / 1000.0)) STORED
          )""",
          """
          CREATE TABLE IF NOT EXISTS hook_metrics (
            hook_name           text NOT NULL,
            resolution          integer NOT NULL,
            period              bigint NOT NULL,
            call_count          bigint NOT NULL,
            success_count       bigint NOT NULL,
            failure_count       bigint NOT NULL,
            dedupe_hits         bigint NOT NULL,
            degraded_count      bigint NOT NULL,
            total_duration_ms   double precision NOT NULL,
            total_overhead_ms   double precision NOT NULL,
            total_payload_bytes bigint NOT NULL,
            latency             text,
            PRIMARY KEY (hook_name, resolution, period)
          )""",
          """
          CREATE INDEX IF NOT EXISTS dedupe_keys_expiry ON dedupe_keys (expires_ms)""",
          // By default rows that are gone may become a fifth of the table before they are noticed.
          "ALTER TABLE dedupe_keys SET (autovacuum_vacuum_scale_factor = 0.02)",
          "ALTER TABLE hook_logs SET (autovacuum_vacuum_scale_factor = 0.02)",
          """
          CREATE OR REPLACE VIEW hook_latency AS
          SELECT hook_name, resolution, period, CAST(histogram.key AS integer) AS bucket,
            CAST(histogram.value AS bigint) AS n
          FROM hook_metrics, json_each_text(CAST(hook_metrics.latency AS json)) AS histogram""",
          """
          INSERT INTO hookbus_meta (name, value)
          VALUES ('rollup_watermark', 0), ('cleanup_lease', 0), ('min_writer', 1)
          ON CONFLICT (name) DO NOTHING""",
          """
          INSERT INTO hookbus_meta (name, value) VALUES ('schema_version', 2)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value
          WHERE hookbus_meta.value < excluded.value""");

  private PostgresSchema() {}

  /** What {@link #prepare} runs, for people who make tables themselves. */
  static String script() {
    return String.join(";\n\n", STATEMENTS) + ";\n";
  }

  /** The version of the tables that are there; 0 where there are none. */
  static int version(Session session) throws DatabaseException {
    try {
      return (int) session.number(FOUND_VERSION);
    } catch (DatabaseException e) {
      if (UNDEFINED_TABLE.equals(e.sqlState())) {
        return 0;
      }
      throw e;
    }
  }

  /**
   * Finds the tables in order, or makes what is missing. Tables of an older version serve as they
   * are where the user may not change them, and where that would keep all machines from them for
   * long.
   *
   * @param make whether to make anything
   */
  static void prepare(Session session, boolean make) throws DatabaseException, StoreException {
    int found = version(session);
    if (found == VERSION) {
      return;
    }
    if (found > VERSION) {
      Schema.requireOldWritersAllowed(session, found, VERSION, "HOOKBUS_STORE_URL");
      return;
    }
    if (!make) {
      throw new StoreException(
          (found == 0 ? "the tables are missing" : "the tables are of schema " + found)
              + "; `hookbus store schema` prints what makes those of schema "
              + VERSION,
          null);
    }
    try {
      if (found == 0 || session.number(NEEDS_LONG) == 0) {
        session.inTransaction(PostgresSchema::make);
      }
    } catch (DatabaseException e) {
      if (found == 0 || !INSUFFICIENT_PRIVILEGE.equals(e.sqlState())) {
        throw e;
      }
    }
  }

  /** Another machine may have made everything while this one waited for the lock. */
  private static boolean make(Session session) throws DatabaseException {
    session.execute(HOLD_SCHEMA);
    if (session.number(MADE) == 0 || version(session) < VERSION) {
      for (String statement : STATEMENTS) {
        session.execute(statement);
      }
    }
    return true;
  }
}
