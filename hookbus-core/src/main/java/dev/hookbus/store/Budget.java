package dev.hookbus.store;

import java.time.Duration;

/**
 * The time one guarded call may spend waiting for the store, shared by all its statements. When it
 * is used up a statement is still tried once, without waiting. Not thread-safe.
 */
public final class Budget {

  private long leftNanos;

  private Budget(long nanos) {
    this.leftNanos = nanos;
  }

  /** A budget of this size. */
  public static Budget of(Duration size) {
    return new Budget(size.toNanos());
  }

  /** A budget of so many nanoseconds. */
  static Budget ofNanos(long nanos) {
    return new Budget(Math.max(0, nanos));
  }

  /** What is left, in nanoseconds; never negative. */
  public long leftNanos() {
    return leftNanos;
  }

  /** Takes {@code nanos} off. */
  public void spend(long nanos) {
    leftNanos = Math.max(0, leftNanos - Math.max(0, nanos));
  }
}
