package dev.hookbus.sink;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sink is doing, as every process sees it.
 *
 * @param sink its name
 * @param backlog events it has not passed yet
 * @param oldestAge age of the oldest of them, or null where there is none
 * @param delivered events that arrived, ever
 * @param rate events that arrived per second, over the last minute
 * @param deadLetters its dead letters now
 * @param dropped events neither delivered nor kept as dead letters, ever, by reason
 * @param lastSuccess when something last arrived, or null
 * @param lastFailure when an attempt last failed, or null
 * @param lastError why the last attempt failed, or null if it did not
 * @param attempts failed attempts in a row
 * @param nextAttempt when to try again, or null where nothing waits
 * @param breaker its circuit breaker
 * @param paused whether delivery is paused
 * @param delivering whether a process is delivering now
 */
public record SinkStatus(
    String sink,
    long backlog,
    @Nullable Duration oldestAge,
    long delivered,
    double rate,
    long deadLetters,
    Map<String, Long> dropped,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    @Nullable String lastError,
    int attempts,
    @Nullable Instant nextAttempt,
    CircuitBreaker breaker,
    boolean paused,
    boolean delivering) {
  /** Copies the counts. */
  public SinkStatus {
    dropped = Map.copyOf(dropped);
  }
}
