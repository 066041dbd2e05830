package dev.hookbus.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets one process at a time clean up: several would keep others from the database several times as
 * long. It is kept by renewing it, so that after a killed one the next has to wait for seconds
 * only.
 */
final class CleanupLease {

  private static final Duration TERM = Duration.ofSeconds(15);
  private static final Duration RENEWED_AFTER = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  // One that ends in more than an hour was taken before the clock was set back.
  private static final String TAKE =
      """
      INSERT INTO hookbus_meta (name, value) VALUES ('cleanup_lease', {now + ?} + ?)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      WHERE hookbus_meta.value <= excluded.value - ?
        OR hookbus_meta.value > excluded.value + 3600000
      """;

  private static final String RENEW =
      "UPDATE hookbus_meta SET value = {now + ?} + ? WHERE name = 'cleanup_lease'";

  private static final String GIVE_BACK =
      "UPDATE hookbus_meta SET value = 0 WHERE name = 'cleanup_lease'";

  private final Connections connections;
  private final LongSupplier clockOffset;
  private long renewedNanos;

  CleanupLease(Connections connections, LongSupplier clockOffset) {
    this.connections = connections;
    this.clockOffset = clockOffset;
  }

  /** Takes it, unless another process has it. */
  boolean take() throws StoreException {
    boolean taken = update(TAKE, clockOffset.getAsLong(), TERM.toMillis(), TERM.toMillis());
    renewedNanos = System.nanoTime();
    return taken;
  }

  /** Renews it, if it was not renewed a moment ago. */
  void keep() throws StoreException {
    if (System.nanoTime() - renewedNanos > RENEWED_AFTER.toNanos()) {
      boolean unused = update(RENEW, clockOffset.getAsLong(), TERM.toMillis());
      renewedNanos = System.nanoTime();
    }
  }

  void giveBack() throws StoreException {
    boolean unused = update(GIVE_BACK);
  }

  private boolean update(String sql, long... values) throws StoreException {
    return connections.with(
        Budget.of(PATIENCE),
        session -> {
          Query query = session.prepared(sql);
          for (int i = 0; i < values.length; i++) {
            query.bind(i + 1, values[i]);
          }
          return query.update() == 1;
        });
  }
}
