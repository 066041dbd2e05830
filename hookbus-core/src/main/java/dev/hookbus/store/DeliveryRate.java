package dev.hookbus.store;

/**
 * How many entries arrived of late: counted by the minute, and weighed so that the window is always
 * the last 60 seconds.
 *
 * @param minute the last minute in which something arrived, since the epoch
 * @param count how many arrived in it
 * @param before how many in the minute before that
 */
record DeliveryRate(long minute, long count, long before) {
  private static final long MINUTE_MILLIS = 60_000;
  private static final double SECONDS = 60;

  static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }

  /** Entries per second at that time; of the minute before, the part that is not over counts. */
  double at(long nowMillis) {
    double left = 1 - Math.floorMod(nowMillis, MINUTE_MILLIS) / (double) MINUTE_MILLIS;
    long ago = minute(nowMillis) - minute;
    if (ago == 0) {
      return (count + before * left) / SECONDS;
    }
    return ago == 1 ? count * left / SECONDS : 0;
  }
}
