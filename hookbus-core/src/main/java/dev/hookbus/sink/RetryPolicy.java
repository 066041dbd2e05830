package dev.hookbus.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try again: exponential backoff with decorrelated jitter, the receiver's own wish, and a
 * budget of age rather than of attempts.
 *
 * @param base the shortest pause
 * @param cap the longest pause of the backoff
 * @param retryAfterCap the longest pause a receiver may ask for
 * @param maxAge how old an event may become before it is given up
 */
public record RetryPolicy(Duration base, Duration cap, Duration retryAfterCap, Duration maxAge) {
  /** 1 s to 5 min, an hour on request, and a week until an event is given up. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofDays(7));

  private static final int GROWTH = 3;

  /** Checks that pauses are positive and in order. */
  public RetryPolicy {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("need 0 < base <= cap");
    }
    if (retryAfterCap.isNegative() || maxAge.isNegative()) {
      throw new IllegalArgumentException("retryAfterCap and maxAge must not be negative");
    }
  }

  /**
   * The next pause: random between the base and three times the previous one, at most the cap.
   * Where the receiver named a pause, never before that one is over, and up to a tenth later, so
   * that clients told the same do not come back together.
   *
   * @param previous the pause before this one; zero at the first failure
   * @param retryAfter what the receiver asked for, of which at most the cap on such wishes counts;
   *     null for nothing
   */
  public Duration nextDelay(
      Duration previous, @Nullable Duration retryAfter, RandomGenerator random) {
    long low = base.toMillis();
    long high = Math.min(cap.toMillis(), Math.max(low, saturatedGrowth(previous.toMillis())));
    Duration backoff = Duration.ofMillis(random.nextLong(low, high + 1));
    if (retryAfter == null || retryAfter.isNegative()) {
      return backoff;
    }
    long wish = min(retryAfter, retryAfterCap).toMillis();
    Duration asked = Duration.ofMillis(wish + random.nextLong(wish / 10 + 1));
    return asked.compareTo(backoff) > 0 ? asked : backoff;
  }

  /** Whether an event recorded then is too old now. A clock that was set back makes none older. */
  public boolean expired(Instant recordedAt, Instant now) {
    return Duration.between(recordedAt, now).compareTo(maxAge) > 0;
  }

  /**
   * Whether an attempt planned for then may be made now. One planned further ahead than any pause
   * allows was planned before the clock was set back: it is due.
   */
  public boolean due(Instant nextAttempt, Instant now) {
    Duration wait = Duration.between(now, nextAttempt);
    return wait.isNegative() || wait.isZero() || wait.compareTo(longestPause()) > 0;
  }

  private Duration longestPause() {
    Duration asked = retryAfterCap.plus(retryAfterCap.dividedBy(10));
    return asked.compareTo(cap) > 0 ? asked : cap;
  }

  private static long saturatedGrowth(long previousMillis) {
    return previousMillis > Long.MAX_VALUE / GROWTH ? Long.MAX_VALUE : previousMillis * GROWTH;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
