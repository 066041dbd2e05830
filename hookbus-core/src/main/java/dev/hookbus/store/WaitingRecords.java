package dev.hookbus.store;

import dev.hookbus.idempotency.ClaimToken;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.idempotency.StoredOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The local table of records that a shared store has not taken yet. */
final class WaitingRecords {

  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS waiting_records (
        seq            INTEGER PRIMARY KEY,
        record_id      TEXT NOT NULL,
        correlation_id TEXT NOT NULL,
        hook_name      TEXT NOT NULL,
        event_type     TEXT NOT NULL,
        tool_name      TEXT,
        status         TEXT NOT NULL,
        duration_ms    REAL,
        payload_bytes  INTEGER,
        compressed     INTEGER NOT NULL,
        payload        BLOB,
        error          TEXT,
        created_ms     INTEGER NOT NULL,
        run_id         TEXT NOT NULL,
        session_id     TEXT NOT NULL,
        overhead_ms    REAL NOT NULL,
        latency_bucket INTEGER,
        degraded       INTEGER NOT NULL,
        truncated      INTEGER NOT NULL,
        payload_sha256 BLOB,
        redactions     TEXT,
        key            BLOB,
        owner          INTEGER,
        fence          INTEGER,
        ttl_ms         INTEGER,
        output_kind    TEXT,
        output         TEXT
      )
      """;

  private static final String INSERT =
      "INSERT INTO waiting_records ("
          + HookLogs.COLUMNS
          + ", record_id, key, owner, fence, ttl_ms, output_kind, output)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " RETURNING seq";

  private static final String OLDEST =
      "SELECT "
          + HookLogs.COLUMNS
          + ", record_id, key, owner, fence, ttl_ms, output_kind, output, seq"
          + " FROM waiting_records ORDER BY seq LIMIT ?";

  // When the table was empty, a sequence comes again: it may be another record's by now.
  private static final String DELETE =
      "DELETE FROM waiting_records WHERE seq = ? AND record_id = ?";

  private static final String COUNT = "SELECT count(*) FROM waiting_records";

  /** What {@link #countDrops} counts, of all but the newest. */
  private static final String BEFORE =
      """
      SELECT count(*), count(key) FROM waiting_records
      WHERE seq < ? AND seq < (SELECT max(seq) FROM waiting_records)
      """;

  private static final String COUNT_DROPS =
      """
      INSERT INTO hookbus_meta (name, value) VALUES (?, ?)
      ON CONFLICT (name) DO UPDATE SET value = hookbus_meta.value + excluded.value
      """;

  /** The names under which drops are counted start with this. */
  private static final String NAME = "waiting";

  private static final String OUTCOMES = "waiting_outcomes";

  private static final String DROPS =
      "SELECT name, value FROM hookbus_meta WHERE name LIKE 'waiting%' AND value > 0";

  /** About what a row takes; a payload is not read to know how long it is. */
  private static final String BYTES =
      "400 + coalesce(octet_length(payload), 0) + coalesce(octet_length(output), 0)";

  /** The columns as they are bound: text, number, fraction, bytes. */
  private static final String KINDS = "TTTTTFNNBTNTTFNNNBT";

  private static final int ID = HookLogs.COLUMN_COUNT + 1;

  private WaitingRecords() {}

  /** Keeps a record; answers what {@link #delete} knows it by. */
  static long insert(Session session, Recorded recorded, long enteredNanos)
      throws DatabaseException {
    Query row = session.prepared(INSERT);
    HookLogs.bind(row, recorded.execution(), enteredNanos, true);
    row.bind(ID, recorded.id());
    Settlement settlement = recorded.settlement();
    for (int column = ID + 1; column <= ID + 6; column++) {
      row.bindNull(column);
    }
    if (settlement != null) {
      row.bind(ID + 1, settlement.token().key().toBytes());
      row.bind(ID + 2, settlement.token().owner());
      row.bind(ID + 3, settlement.token().fence());
    }
    if (settlement instanceof Settlement.Complete complete) {
      row.bind(ID + 4, complete.ttl().toMillis());
      StoredOutput output = complete.output();
      if (output != null) {
        row.bind(ID + 5, String.valueOf(output.kind().code()));
        row.bind(ID + 6, output.text());
      }
    }
    long sequence = 0;
    try (Rows rows = row.rows()) {
      while (rows.next()) {
        sequence = rows.getLong(1);
      }
    }
    return sequence;
  }

  /** A record that has arrived waits no longer. */
  static void delete(Session session, long sequence, String id) throws DatabaseException {
    Query delete = session.prepared(DELETE);
    delete.bind(1, sequence);
    delete.bind(2, id);
    delete.update();
  }

  /** The table as one that is kept within limits. */
  static Backlog backlog(Connections local, LongSupplier clockOffset) {
    return new Backlog(local, clockOffset, NAME, "waiting_records", BYTES);
  }

  /** Counts what is about to be dropped: records by reason, and outcomes of claims among them. */
  static void countDrops(Session session, long sequence, String reason) throws DatabaseException {
    Query before = session.prepared(BEFORE);
    before.bind(1, sequence);
    long records = 0;
    long outcomes = 0;
    try (Rows rows = before.rows()) {
      while (rows.next()) {
        records = rows.getLong(1);
        outcomes = rows.getLong(2);
      }
    }
    countDrops(session, reason, records);
    countDrops(session, OUTCOMES, outcomes);
  }

  private static void countDrops(Session session, String name, long count)
      throws DatabaseException {
    Query add = session.prepared(COUNT_DROPS);
    add.bind(1, name);
    add.bind(2, count);
    add.update();
  }

  static WaitingStatus status(Session session) throws DatabaseException {
    Map<String, Long> dropped = new HashMap<>();
    try (Rows rows = session.prepared(DROPS).rows()) {
      while (rows.next()) {
        dropped.put(rows.getText(1), rows.getLong(2));
      }
    }
    Long outcomes = dropped.remove(OUTCOMES);
    return new WaitingStatus(session.number(COUNT), dropped, outcomes == null ? 0 : outcomes);
  }

  static List<Row> oldest(Session session, int limit) throws DatabaseException {
    Query query = session.prepared(OLDEST);
    query.bind(1, limit);
    List<Row> found = new ArrayList<>();
    try (Rows rows = query.rows()) {
      while (rows.next()) {
        found.add(Row.read(rows));
      }
    }
    return found;
  }

  static void delete(Session session, List<Row> rows) throws DatabaseException {
    session.inTransaction(
        locked -> {
          for (Row row : rows) {
            delete(locked, row.sequence, row.id);
          }
          return true;
        });
  }

  /** A record as it is kept. */
  static final class Row {

    private final @Nullable Object[] values;
    private final String id;
    private final long sequence;
    private final @Nullable Settlement settlement;

    private Row(
        @Nullable Object[] values, String id, long sequence, @Nullable Settlement settlement) {
      this.values = values;
      this.id = id;
      this.sequence = sequence;
      this.settlement = settlement;
    }

    private static Row read(Rows rows) throws DatabaseException {
      @Nullable Object[] values = new @Nullable Object[HookLogs.COLUMN_COUNT];
      for (int i = 0; i < values.length; i++) {
        values[i] = rows.isNull(i + 1) ? null : value(rows, i);
      }
      return new Row(values, rows.getText(ID), rows.getLong(ID + 7), settlement(rows));
    }

    private static Object value(Rows rows, int i) throws DatabaseException {
      return switch (KINDS.charAt(i)) {
        case 'N' -> rows.getLong(i + 1);
        case 'F' -> rows.getDouble(i + 1);
        case 'B' -> rows.getBytes(i + 1);
        default -> rows.getText(i + 1);
      };
    }

    private static @Nullable Settlement settlement(Rows rows) throws DatabaseException {
      byte[] key = rows.getBytesOrNull(ID + 1);
      if (key == null) {
        return null;
      }
      ClaimToken token =
          new ClaimToken(KeyHash.ofBytes(key), rows.getLong(ID + 2), rows.getLong(ID + 3));
      if (rows.isNull(ID + 4)) {
        return new Settlement.Release(token);
      }
      String kind = rows.getTextOrNull(ID + 5);
      StoredOutput output =
          kind == null
              ? null
              : new StoredOutput(StoredOutput.Kind.ofCode(kind.charAt(0)), rows.getText(ID + 6));
      return new Settlement.Complete(token, Duration.ofMillis(rows.getLong(ID + 4)), output);
    }

    String id() {
      return id;
    }

    @Nullable Settlement settlement() {
      return settlement;
    }

    /** Binds the execution to the first parameters. */
    void bind(Query query) throws DatabaseException {
      for (int i = 0; i < values.length; i++) {
        query.bindValue(i + 1, values[i]);
      }
    }
  }
}
