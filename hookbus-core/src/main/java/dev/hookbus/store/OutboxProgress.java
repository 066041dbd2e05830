package dev.hookbus.store;

import java.util.List;
import java.util.Map;

/**
 * What a sink made of the entries it was given.
 *
 * @param next the sink's state from now on; its cursor only ever moves forward
 * @param delivered how many entries arrived
 * @param dead entries the sink will never take
 * @param skipped how many entries were passed over, by reason
 */
public record OutboxProgress(
    DeliveryState next, int delivered, List<Dead> dead, Map<String, Integer> skipped) {
  /** Copies the collections. */
  public OutboxProgress {
    dead = List.copyOf(dead);
    skipped = Map.copyOf(skipped);
  }

  /**
   * An entry that becomes a dead letter.
   *
   * @param reason why, one line
   */
  public record Dead(OutboxEntry entry, String reason) {}
}
