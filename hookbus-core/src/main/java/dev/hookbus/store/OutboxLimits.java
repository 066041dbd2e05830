package dev.hookbus.store;

import java.time.Duration;

/**
 * How large the outbox may grow before its oldest entries are dropped, and counted. What waits on a
 * machine for a shared store has limits of the same kind.
 *
 * @param maxEvents entries
 * @param maxBytes bytes of all entries together
 * @param maxAge age of an entry
 */
public record OutboxLimits(long maxEvents, long maxBytes, Duration maxAge) {
  /** A million events, 1 GiB, 14 days. */
  public static final OutboxLimits DEFAULT =
      new OutboxLimits(1_000_000, 1L << 30, Duration.ofDays(14));

  /** Checks that all are positive. */
  public OutboxLimits {
    if (maxEvents < 1 || maxBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("outbox limits must be positive");
    }
  }
}
