package dev.hookbus.store;

/**
 * The right to deliver to a sink, until it ends or another process takes it.
 *
 * @param sink the sink's name
 * @param owner a random number only the holder knows
 * @param fence larger than that of every earlier lease
 * @param state where the last holder left off
 */
public record OutboxLease(String sink, long owner, long fence, DeliveryState state) {
  /** The same lease after some progress. */
  public OutboxLease with(DeliveryState newState) {
    return new OutboxLease(sink, owner, fence, newState);
  }
}
