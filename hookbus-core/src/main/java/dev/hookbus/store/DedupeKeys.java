package dev.hookbus.store;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.ClaimToken;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.idempotency.StoredOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The table of claims. A row in progress expires with its lease, a completed one with its time to
 * live; either way an expired row is anybody's.
 */
final class DedupeKeys {

  /** A lost owner's row stays so long, so that its fence can still tell it from its successor. */
  static final long FENCE_MEMORY_MILLIS = 86_400_000;

  /** Larger than any key. */
  static final byte[] BEYOND_ALL = {
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
  };

  private static final int COMPLETED = 1;

  // A key claimed five minutes in the future was claimed before the clock was set back. An owner
  // that claims again has died in between, and goes on under a higher fence.
  private static final String CLAIM =
      """
      INSERT INTO dedupe_keys
        (key, category, state, owner, fence, created_ms, expires_ms, payload_hash)
      VALUES (?, ?, 0, ?, 1, {now + ?}, {now + ?} + ?, ?)
      ON CONFLICT (key) DO UPDATE SET
        category = excluded.category, state = 0, owner = excluded.owner,
        fence = dedupe_keys.fence + 1, created_ms = excluded.created_ms,
        expires_ms = excluded.expires_ms, completed_ms = NULL,
        payload_hash = excluded.payload_hash, output_kind = NULL, output = NULL
      WHERE dedupe_keys.expires_ms <= excluded.created_ms
        OR dedupe_keys.created_ms > excluded.created_ms + 300000
        OR dedupe_keys.state = 0 AND dedupe_keys.owner = excluded.owner
      RETURNING fence
      """;

  private static final String READ =
      """
      SELECT state, expires_ms, completed_ms, payload_hash, output_kind, output
      FROM dedupe_keys WHERE key = ?
      """;

  private static final String COMPLETE =
      """
      UPDATE dedupe_keys
      SET state = 1, completed_ms = {now + ?}, expires_ms = {now + ?} + ?, output_kind = ?, output = ?
      WHERE key = ? AND owner = ? AND fence = ? AND state = 0
      """;

  private static final String RELEASE =
      "DELETE FROM dedupe_keys WHERE key = ? AND owner = ? AND fence = ? AND state = 0";

  private static final String RELEASE_ANY = "DELETE FROM dedupe_keys WHERE key = ?";

  private static final String LIST =
      """
      SELECT key, category, state, fence, created_ms, expires_ms
      FROM dedupe_keys
      WHERE expires_ms > {now + ?} AND (category = ? OR ? IS NULL)
      ORDER BY created_ms DESC LIMIT ?
      """;

  private static final String PAGE_END =
      "SELECT key FROM dedupe_keys WHERE key > ? ORDER BY key LIMIT 1 OFFSET ?";

  private static final String EXPIRED =
      """
      SELECT key FROM dedupe_keys
      WHERE key > ? AND key <= ?
        AND expires_ms <= (SELECT {now + ?}) - CASE state WHEN 1 THEN 0 ELSE ? END
      ORDER BY key
      """;

  private static final String DELETE_EXPIRED =
      "DELETE FROM dedupe_keys WHERE key = ? AND expires_ms <= {now + ?}";

  private final LongSupplier clockOffset;

  DedupeKeys(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  /** Tries to take the key, in one statement. */
  Claim claim(Session session, ClaimRequest request) throws DatabaseException {
    // A row can be released between the refused claim and the look at it; then it is ours to take.
    while (true) {
      ClaimToken token = tryClaim(session, request);
      if (token != null) {
        return new Claim.Acquired(token);
      }
      Claim taken = read(session, request);
      if (taken != null) {
        return taken;
      }
    }
  }

  /** Settles a claim if it still stands. */
  boolean settle(Session session, Settlement settlement) throws DatabaseException {
    Query statement =
        session.prepared(settlement instanceof Settlement.Complete ? COMPLETE : RELEASE);
    bind(statement, 1, settlement, clockOffset.getAsLong());
    return statement.update() == 1;
  }

  /**
   * Binds a settlement: of a completion offset, offset, time to live, kind of output and output;
   * then key, owner and fence.
   */
  static void bind(Query statement, int first, Settlement settlement, long offset)
      throws DatabaseException {
    int next = first;
    if (settlement instanceof Settlement.Complete complete) {
      statement.bind(next++, offset);
      statement.bind(next++, offset);
      statement.bind(next++, complete.ttl().toMillis());
      StoredOutput output = complete.output();
      statement.bind(next++, output == null ? null : String.valueOf(output.kind().code()));
      statement.bind(next++, output == null ? null : output.text());
    }
    ClaimToken token = settlement.token();
    statement.bind(next++, token.key().toBytes());
    statement.bind(next++, token.owner());
    statement.bind(next, token.fence());
  }

  boolean releaseAny(Session session, KeyHash key) throws DatabaseException {
    Query statement = session.prepared(RELEASE_ANY);
    statement.bind(1, key.toBytes());
    return statement.update() == 1;
  }

  List<KeyEntry> list(Session session, @Nullable String category, int limit)
      throws DatabaseException {
    Query statement = session.prepared(LIST);
    statement.bind(1, clockOffset.getAsLong());
    statement.bind(2, category);
    statement.bind(3, category);
    statement.bind(4, limit);
    List<KeyEntry> entries = new ArrayList<>();
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        entries.add(
            new KeyEntry(
                KeyHash.ofBytes(rows.getBytes(1)),
                rows.getText(2),
                rows.getInt(3) == COMPLETED,
                rows.getLong(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                Instant.ofEpochMilli(rows.getLong(6))));
      }
    }
    return entries;
  }

  /** The {@code count}th key behind {@code after}; {@link #BEYOND_ALL} if there are fewer. */
  byte[] pageEnd(Session session, byte[] after, int count) throws DatabaseException {
    Query statement = session.prepared(PAGE_END);
    statement.bind(1, after);
    statement.bind(2, count - 1);
    try (Rows rows = statement.rows()) {
      return rows.next() ? rows.getBytes(1) : BEYOND_ALL;
    }
  }

  /** Expired keys behind {@code after}, up to and with {@code last}, in their order. */
  List<KeyHash> findExpired(Session session, byte[] after, byte[] last) throws DatabaseException {
    Query statement = session.prepared(EXPIRED);
    statement.bind(1, after);
    statement.bind(2, last);
    statement.bind(3, clockOffset.getAsLong());
    statement.bind(4, FENCE_MEMORY_MILLIS);
    List<KeyHash> expired = new ArrayList<>();
    try (Rows rows = statement.rows()) {
      while (rows.next()) {
        expired.add(KeyHash.ofBytes(rows.getBytes(1)));
      }
    }
    return expired;
  }

  int deleteExpired(Session session, List<KeyHash> keys) throws DatabaseException {
    Query statement = session.prepared(DELETE_EXPIRED);
    int deleted = 0;
    for (KeyHash key : keys) {
      statement.bind(1, key.toBytes());
      statement.bind(2, clockOffset.getAsLong());
      deleted += statement.update();
    }
    return deleted;
  }

  private @Nullable ClaimToken tryClaim(Session session, ClaimRequest request)
      throws DatabaseException {
    long owner = owner(request);
    long offset = clockOffset.getAsLong();
    Query statement = session.prepared(CLAIM);
    statement.bind(1, request.key().toBytes());
    statement.bind(2, request.category());
    statement.bind(3, owner);
    statement.bind(4, offset);
    statement.bind(5, offset);
    statement.bind(6, request.lease().toMillis());
    statement.bind(7, payloadHash(request));
    long fence = 0;
    try (Rows rows = statement.rows()) {
      // The claim is committed when the statement has been stepped to its end.
      while (rows.next()) {
        fence = rows.getLong(1);
      }
    }
    return fence == 0 ? null : new ClaimToken(request.key(), owner, fence);
  }

  static long owner(ClaimRequest request) {
    Long owner = request.owner();
    return owner == null ? ThreadLocalRandom.current().nextLong() : owner;
  }

  private @Nullable Claim read(Session session, ClaimRequest request) throws DatabaseException {
    Query statement = session.prepared(READ);
    statement.bind(1, request.key().toBytes());
    try (Rows rows = statement.rows()) {
      if (!rows.next()) {
        return null;
      }
      return taken(rows, 1, request);
    }
  }

  /** Why a key can't be had: from the columns of {@link #READ}, which start at {@code first}. */
  static Claim taken(Rows rows, int first, ClaimRequest request) throws DatabaseException {
    byte[] storedHash = rows.getBytesOrNull(first + 3);
    byte[] hash = payloadHash(request);
    if (hash != null && storedHash != null && !Arrays.equals(hash, storedHash)) {
      return new Claim.KeyReused();
    }
    long expires = rows.getLong(first + 1);
    if (rows.getInt(first) != COMPLETED) {
      return new Claim.InProgress(Instant.ofEpochMilli(expires));
    }
    return new Claim.Completed(
        output(rows.getTextOrNull(first + 4), rows.getTextOrNull(first + 5)),
        Instant.ofEpochMilli(rows.getLong(first + 2)));
  }

  private static @Nullable StoredOutput output(@Nullable String kind, @Nullable String text) {
    return kind == null || text == null
        ? null
        : new StoredOutput(StoredOutput.Kind.ofCode(kind.charAt(0)), text);
  }

  /** Half a hash is plenty to see that a payload changed, and keeps the rows small. */
  static byte @Nullable [] payloadHash(ClaimRequest request) {
    String hash = request.payloadHash();
    return hash == null ? null : HexFormat.of().parseHex(hash, 0, 2 * KeyHash.BYTES);
  }
}
