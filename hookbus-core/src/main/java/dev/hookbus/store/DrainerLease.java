package dev.hookbus.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The right to run the machine's drainer: one row that names its holder and when it ends. */
final class DrainerLease {

  // A right that ends an hour in the future was given before the clock was set back.
  private static final String TAKE =
      """
      INSERT INTO drainer (id, holder, until_ms) VALUES (1, ?, {now + ?} + ?)
      ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, until_ms = excluded.until_ms
      WHERE drainer.holder = excluded.holder OR drainer.until_ms <= {now + ?}
        OR drainer.until_ms > {now + ?} + 3600000
      """;

  private static final String HELD =
      """
      SELECT 1 FROM drainer
      WHERE holder <> ? AND until_ms > {now + ?} AND until_ms <= {now + ?} + 3600000
      """;

  private static final String RELEASE = "UPDATE drainer SET until_ms = 0 WHERE holder = ?";

  private final LongSupplier clockOffset;

  DrainerLease(LongSupplier clockOffset) {
    this.clockOffset = clockOffset;
  }

  boolean take(Session session, long holder, Duration length) throws DatabaseException {
    // Hooks ask often, and mostly in vain; a look takes no write lock.
    if (isHeldByAnother(session, holder)) {
      return false;
    }
    long offset = clockOffset.getAsLong();
    Query statement = session.prepared(TAKE);
    statement.bind(1, holder);
    statement.bind(2, offset);
    statement.bind(3, length.toMillis());
    statement.bind(4, offset);
    statement.bind(5, offset);
    return statement.update() == 1;
  }

  private boolean isHeldByAnother(Session session, long holder) throws DatabaseException {
    long offset = clockOffset.getAsLong();
    Query statement = session.prepared(HELD);
    statement.bind(1, holder);
    statement.bind(2, offset);
    statement.bind(3, offset);
    try (Rows found = statement.rows()) {
      return found.next();
    }
  }

  boolean release(Session session, long holder) throws DatabaseException {
    Query statement = session.prepared(RELEASE);
    statement.bind(1, holder);
    return statement.update() == 1;
  }
}
