package dev.hookbus.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sink has come, and how it is doing: what the next process needs to go on.
 *
 * @param cursor the sequence of the last entry the sink is done with
 * @param attempts failed attempts in a row
 * @param pause the pause before the next attempt; zero after a success
 * @param nextAttempt when to try again; the epoch after a success
 * @param lastError why the last attempt failed, or null
 * @param breaker the circuit breaker's state, as its owner writes it; empty for a new one
 */
public record DeliveryState(
    long cursor,
    int attempts,
    Duration pause,
    Instant nextAttempt,
    @Nullable String lastError,
    String breaker) {

  /** The same state further on. */
  public DeliveryState at(long newCursor) {
    return new DeliveryState(newCursor, attempts, pause, nextAttempt, lastError, breaker);
  }
}
