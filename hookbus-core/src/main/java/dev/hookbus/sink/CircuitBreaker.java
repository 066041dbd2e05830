package dev.hookbus.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a sink's circuit breaker: immutable, so that it can stand in a row of the store and
 * be shared by processes. After {@link #FAILURES_TO_OPEN} failed batches in a row it opens; when
 * the pause is over it lets through 1, then 2, then 4 … events, so that a receiver that comes back
 * is not run over; after {@link #TRIALS_TO_CLOSE} good batches it closes.
 *
 * @param state where it stands
 * @param failures failed batches in a row
 * @param trials good batches since it was half open
 * @param openUntil when an open breaker lets a trial through; null in the other states
 */
public record CircuitBreaker(State state, int failures, int trials, @Nullable Instant openUntil) {
  /** Failed batches in a row that open it. */
  public static final int FAILURES_TO_OPEN = 5;

  /** Good batches in a row that close it. */
  public static final int TRIALS_TO_CLOSE = 8;

  /** A longer wait than this comes of a clock that was set back. */
  private static final Duration LONGEST_OPEN = Duration.ofHours(2);

  private static final CircuitBreaker CLOSED = new CircuitBreaker(State.CLOSED, 0, 0, null);

  /** Where a breaker stands. */
  public enum State {
    /** All is well. */
    CLOSED,
    /** Nothing is sent. */
    OPEN,
    /** A growing trickle is sent. */
    HALF_OPEN
  }

  /** Checks that only an open breaker has a time. */
  public CircuitBreaker {
    requireNonNull(state, "state");
    if ((state == State.OPEN) != (openUntil != null) || failures < 0 || trials < 0) {
      throw new IllegalArgumentException("an open breaker, and no other, has a time");
    }
  }

  /** A new breaker: closed. */
  public static CircuitBreaker closed() {
    return CLOSED;
  }

  /** The breaker at that time: an open one is half open once its pause is over. */
  public CircuitBreaker at(Instant now) {
    if (openUntil == null) {
      return this;
    }
    Duration wait = Duration.between(now, openUntil);
    boolean over = wait.isNegative() || wait.isZero() || wait.compareTo(LONGEST_OPEN) > 0;
    return over ? new CircuitBreaker(State.HALF_OPEN, failures, 0, null) : this;
  }

  /** How many events may be sent next, out of {@code max}. */
  public int allowance(int max) {
    return switch (state) {
      case CLOSED -> max;
      case OPEN -> 0;
      case HALF_OPEN -> Math.min(max, 1 << Math.min(trials, TRIALS_TO_CLOSE));
    };
  }

  /** After a batch in which something was settled and nothing has to be retried. */
  public CircuitBreaker succeeded() {
    if (state == State.HALF_OPEN && trials + 1 < TRIALS_TO_CLOSE) {
      return new CircuitBreaker(State.HALF_OPEN, 0, trials + 1, null);
    }
    return CLOSED;
  }

  /**
   * After a batch that has to be retried.
   *
   * @param pause when the retry policy wants to try again
   */
  public CircuitBreaker failed(Instant now, Duration pause) {
    int inARow = failures == Integer.MAX_VALUE ? failures : failures + 1;
    if (state == State.CLOSED && inARow < FAILURES_TO_OPEN) {
      return new CircuitBreaker(State.CLOSED, inARow, 0, null);
    }
    return new CircuitBreaker(State.OPEN, inARow, 0, now.plus(pause));
  }

  /** One line that {@link #parse} reads back. */
  String toText() {
    long until = openUntil == null ? 0 : openUntil.toEpochMilli();
    return state + " " + failures + " " + trials + " " + until;
  }

  /** A breaker that was written down; a text that is none is a closed breaker. */
  static CircuitBreaker parse(String text) {
    String[] parts = text.split(" ", -1);
    try {
      State state = State.valueOf(parts[0]);
      return new CircuitBreaker(
          state,
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          state == State.OPEN ? Instant.ofEpochMilli(Long.parseLong(parts[3])) : null);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return CLOSED;
    }
  }
}
