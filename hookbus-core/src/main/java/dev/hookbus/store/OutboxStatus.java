package dev.hookbus.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sink's view of the outbox.
 *
 * @param sink its name
 * @param backlog entries it has not passed yet
 * @param oldest when the oldest of them was recorded, or null where there is none
 * @param delivered entries that arrived, ever
 * @param rate entries that arrived, each second, over the last minute
 * @param deadLetters its dead letters now
 * @param dropped entries that were neither delivered nor kept as dead letters, ever, by reason
 * @param lastSuccess when something last arrived, or null
 * @param lastFailure when an attempt last failed, or null
 * @param paused whether delivery is paused
 * @param leased whether a process is delivering now
 * @param state where it stands
 */
public record OutboxStatus(
    String sink,
    long backlog,
    @Nullable Instant oldest,
    long delivered,
    double rate,
    long deadLetters,
    Map<String, Long> dropped,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastFailure,
    boolean paused,
    boolean leased,
    DeliveryState state) {
  /** Copies the counts. */
  public OutboxStatus {
    dropped = Map.copyOf(dropped);
  }
}
