package dev.hookbus.store;

import java.time.Duration;

/** The lengths of the periods statistics are kept by, and how long each is kept. */
enum Resolution {
  MINUTE(60, Duration.ofDays(2)),
  HOUR(3_600, Duration.ofDays(62)),
  DAY(86_400, Duration.ofDays(400));

  private final long seconds;
  private final Duration kept;

  Resolution(long seconds, Duration kept) {
    this.seconds = seconds;
    this.kept = kept;
  }

  /** The finest resolution of which rows of this age, in seconds, are still there. */
  static Resolution finestKept(long age) {
    for (Resolution resolution : values()) {
      if (age < resolution.kept.toSeconds() - resolution.seconds) {
        return resolution;
      }
    }
    return DAY;
  }

  /** The next finer one; of the finest, itself. */
  Resolution finer() {
    return this == DAY ? HOUR : MINUTE;
  }

  /** The start of the period that holds this epoch second. */
  long floor(long second) {
    return second - Math.floorMod(second, seconds);
  }

  long seconds() {
    return seconds;
  }

  Duration kept() {
    return kept;
  }
}
