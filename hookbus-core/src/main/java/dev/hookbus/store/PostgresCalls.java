package dev.hookbus.store;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.ClaimToken;
import dev.hookbus.idempotency.Settlement;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a guarded call asks of the server: two statements, each one round trip. Both may be sent
 * again when an answer got lost: a claim knows its owner, and a record its ID.
 */
final class PostgresCalls {

  // A row that was free when the statement began, and taken by the time it got there, is looked at
  // again: it would be told of as it was.
  private static final String CLAIM =
      """
      WITH claimed AS (
        INSERT INTO dedupe_keys
          (key, category, state, owner, fence, created_ms, expires_ms, payload_hash)
        VALUES (?, ?, 0, ?, 1, {now + ?}, {now + ?} + ?, CAST(? AS bytea))
        ON CONFLICT (key) DO UPDATE SET
          category = excluded.category, state = 0, owner = excluded.owner,
          fence = dedupe_keys.fence + 1, created_ms = excluded.created_ms,
          expires_ms = excluded.expires_ms, completed_ms = NULL,
          payload_hash = excluded.payload_hash, output_kind = NULL, output = NULL
        WHERE dedupe_keys.expires_ms <= excluded.created_ms
          OR dedupe_keys.created_ms > excluded.created_ms + 300000
          OR dedupe_keys.state = 0 AND dedupe_keys.owner = excluded.owner
        RETURNING fence)
      SELECT fence, NULL, NULL, NULL, NULL, NULL, NULL FROM claimed
      UNION ALL
      SELECT NULL, state, expires_ms, completed_ms, payload_hash, output_kind, output
      FROM dedupe_keys
      WHERE key = ? AND expires_ms > {now + ?} AND NOT EXISTS (SELECT 1 FROM claimed)
      """;

  // The machine's clock may be wrong: what counts is how long ago, by that clock, the call ended.
  private static final String INSERT =
      """
      INSERT INTO hook_logs ({columns}, record_id)
      SELECT ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS bytea), ?, ? + clocks.skew, ?, ?, ?,
        CAST(? AS integer), ?, ?, CAST(? AS bytea), CAST(? AS text), CAST(? AS uuid)
      FROM {hold log}, (SELECT {now + ?} - ? AS skew) AS clocks
      ON CONFLICT (record_id) DO NOTHING
      """
          .replace("{columns}", HookLogs.COLUMNS)
          .replace("{hold log}", PostgresSchema.HOLD_LOG);

  private static final int AFTER_INSERT = HookLogs.COLUMN_COUNT + 4;

  private static final String COMPLETE_AND_INSERT =
      "WITH recorded AS ("
          + INSERT
          + """
          ), settled AS (
            UPDATE dedupe_keys SET state = 1, completed_ms = {now + ?}, expires_ms = {now + ?} + ?,
              output_kind = ?, output = ?
            WHERE key = ? AND owner = ? AND fence = ?
            RETURNING 1)
          SELECT count(*) FROM settled
          """;

  private static final String RELEASE_AND_INSERT =
      "WITH recorded AS ("
          + INSERT
          + """
          ), settled AS (
            DELETE FROM dedupe_keys WHERE key = ? AND owner = ? AND fence = ? AND state = 0
            RETURNING 1)
          SELECT count(*) FROM settled
          """;

  private final LongSupplier clockOffset;

  PostgresCalls(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  /** Tries to take the key for {@code owner}. */
  Claim claim(Session session, ClaimRequest request, long owner) throws DatabaseException {
    byte[] key = request.key().toBytes();
    while (true) {
      long offset = clockOffset.getAsLong();
      Query query = session.prepared(CLAIM);
      query.bind(1, key);
      query.bind(2, request.category());
      query.bind(3, owner);
      query.bind(4, offset);
      query.bind(5, offset);
      query.bind(6, request.lease().toMillis());
      query.bind(7, DedupeKeys.payloadHash(request));
      query.bind(8, key);
      query.bind(9, offset);
      try (Rows rows = query.rows()) {
        if (rows.next()) {
          return rows.isNull(1)
              ? DedupeKeys.taken(rows, 2, request)
              : new Claim.Acquired(new ClaimToken(request.key(), owner, rows.getLong(1)));
        }
      }
    }
  }

  /**
   * Records an execution and settles its claim, if it has one.
   *
   * @return whether the claim still stood, or there was none
   */
  boolean record(Session session, Recorded recorded, long enteredNanos) throws DatabaseException {
    Settlement settlement = recorded.settlement();
    if (settlement == null) {
      Query query = session.prepared(INSERT);
      bind(query, recorded, enteredNanos);
      query.update();
      return true;
    }
    Query query = session.prepared(sql(settlement));
    bind(query, recorded, enteredNanos);
    return settle(query, settlement);
  }

  /** Records executions without claims, in one transaction. */
  void record(Session session, List<Recorded> records, long enteredNanos) throws DatabaseException {
    session.inTransaction(
        locked -> {
          Query query = locked.prepared(INSERT);
          for (Recorded recorded : records) {
            bind(query, recorded, enteredNanos);
            query.enqueue();
          }
          query.runEnqueued();
          return true;
        });
  }

  /** Records what waited on this machine, as {@link WaitingRecords} has kept it. */
  void forward(Session session, List<WaitingRecords.Row> rows) throws DatabaseException {
    session.inTransaction(
        locked -> {
          Query insert = locked.prepared(INSERT);
          for (WaitingRecords.Row row : rows) {
            if (row.settlement() == null) {
              bind(insert, row);
              insert.enqueue();
            }
          }
          insert.runEnqueued();
          for (WaitingRecords.Row row : rows) {
            Settlement settlement = row.settlement();
            if (settlement != null) {
              Query query = locked.prepared(sql(settlement));
              bind(query, row);
              settle(query, settlement);
            }
          }
          return true;
        });
  }

  private static String sql(Settlement settlement) {
    return settlement instanceof Settlement.Complete ? COMPLETE_AND_INSERT : RELEASE_AND_INSERT;
  }

  private boolean settle(Query query, Settlement settlement) throws DatabaseException {
    DedupeKeys.bind(query, AFTER_INSERT, settlement, clockOffset.getAsLong());
    try (Rows rows = query.rows()) {
      return rows.next() && rows.getLong(1) == 1;
    }
  }

  private void bind(Query query, Recorded recorded, long enteredNanos) throws DatabaseException {
    HookLogs.bind(query, recorded.execution(), enteredNanos, true);
    bindIdentity(query, recorded.id());
  }

  private void bind(Query query, WaitingRecords.Row row) throws DatabaseException {
    row.bind(query);
    bindIdentity(query, row.id());
  }

  private void bindIdentity(Query query, String id) throws DatabaseException {
    long offset = clockOffset.getAsLong();
    query.bind(HookLogs.COLUMN_COUNT + 1, id);
    query.bind(HookLogs.COLUMN_COUNT + 2, offset);
    query.bind(HookLogs.COLUMN_COUNT + 3, System.currentTimeMillis() + offset);
  }
}
