package dev.hookbus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs with the system's and can be set forward and back. */
public final class TestClock extends Clock {

  private volatile Duration offset = Duration.ZERO;

  /** Sets the clock forward, or back if {@code by} is negative. */
  public void advance(Duration by) {
    offset = offset.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("hooks live in UTC");
  }
}
