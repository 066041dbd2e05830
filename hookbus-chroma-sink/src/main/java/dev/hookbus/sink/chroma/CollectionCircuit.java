package dev.hookbus.sink.chroma;

import dev.hookbus.sink.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps away from a collection on which the server fails again and again: a full disk is helped by
 * patience, a damaged collection by nobody, and to either more requests only do harm. Confined to
 * one thread at a time.
 */
final class CollectionCircuit {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int MOST_DOUBLINGS = 6;

  private final InstantSource clock;
  private CircuitBreaker breaker = CircuitBreaker.closed();

  CollectionCircuit(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether nothing may be sent now. */
  boolean isOpen() {
    breaker = breaker.at(clock.instant());
    return breaker.state() == CircuitBreaker.State.OPEN;
  }

  /** Whether a pause has just ended, so that a cheap question should come before a write. */
  boolean isOnTrial() {
    return breaker.state() == CircuitBreaker.State.HALF_OPEN;
  }

  void succeeded() {
    breaker = CircuitBreaker.closed();
  }

  /** Notes a failure; true where it opened the circuit. */
  boolean failed() {
    Instant now = clock.instant();
    int beyond = breaker.failures() + 1 - CircuitBreaker.FAILURES_TO_OPEN;
    int doublings = Math.max(0, Math.min(beyond, MOST_DOUBLINGS));
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    breaker = breaker.failed(now, pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    return breaker.state() == CircuitBreaker.State.OPEN;
  }
}
