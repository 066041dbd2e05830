package dev.hookbus.faults;

/**
 * A moment by both clocks: leases are measured by the wall clock, which can be set, so what is
 * claimed must hold by the monotonic one too. On one machine that clock is the same in all
 * processes.
 */
record Moment(long wallMillis, long monotonicNanos) {

  /** What a database that counts in whole milliseconds can round away. */
  private static final long ROUNDING_MILLIS = 2;

  static Moment now() {
    return new Moment(System.currentTimeMillis(), System.nanoTime());
  }

  static Moment parse(String text) {
    int slash = text.indexOf('/');
    return new Moment(
        Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
  }

  Moment plusMillis(long millis) {
    return new Moment(wallMillis + millis, monotonicNanos + millis * 1_000_000);
  }

  /** Whether this came before {@code other} beyond doubt, by either clock. */
  boolean isSurelyBefore(Moment other) {
    return wallMillis + ROUNDING_MILLIS < other.wallMillis
        && monotonicNanos + ROUNDING_MILLIS * 1_000_000 < other.monotonicNanos;
  }

  @Override
  public String toString() {
    return wallMillis + "/" + monotonicNanos;
  }
}
