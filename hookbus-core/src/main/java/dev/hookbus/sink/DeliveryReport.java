package dev.hookbus.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch: one outcome for each event, in the batch's order.
 *
 * @param outcomes as many as the batch had events
 */
public record DeliveryReport(List<DeliveryOutcome> outcomes) {
  /** Copies the outcomes. */
  public DeliveryReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Every event of a batch of that size is delivered. */
  public static DeliveryReport allDelivered(int size) {
    return all(size, DeliveryOutcome.delivered());
  }

  /** Every event of a batch of that size met the same fate. */
  public static DeliveryReport all(int size, DeliveryOutcome outcome) {
    return new DeliveryReport(Collections.nCopies(size, outcome));
  }

  /**
   * A batch of which the sink did a part and then had to stop: delivery is in order, so what comes
   * after the event that failed waits with it.
   *
   * @param done outcomes of the first events, ending with the one that asks for a retry
   * @param size the number of events in the batch
   */
  public static DeliveryReport stoppedAfter(List<DeliveryOutcome> done, int size) {
    List<DeliveryOutcome> outcomes = new ArrayList<>(done);
    outcomes.addAll(
        Collections.nCopies(size - done.size(), DeliveryOutcome.retry("not attempted")));
    return new DeliveryReport(outcomes);
  }

  /** How many events from the start are settled: as far as an ordered delivery has come. */
  public int settledPrefix() {
    int settled = 0;
    while (settled < outcomes.size() && outcomes.get(settled).settled()) {
      settled++;
    }
    return settled;
  }

  /** The first outcome that asks for a retry; null where all events are settled. */
  public DeliveryOutcome.@Nullable Retry firstRetry() {
    int prefix = settledPrefix();
    return prefix == outcomes.size() ? null : (DeliveryOutcome.Retry) outcomes.get(prefix);
  }

  /** The longest pause the receiver asked for; null where it asked for none. */
  public @Nullable Duration retryAfter() {
    return outcomes.stream()
        .filter(DeliveryOutcome.Retry.class::isInstance)
        .map(outcome -> ((DeliveryOutcome.Retry) outcome).retryAfter())
        .filter(pause -> pause != null)
        .max(Duration::compareTo)
        .orElse(null);
  }
}
