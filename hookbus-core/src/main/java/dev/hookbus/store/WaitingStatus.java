package dev.hookbus.store;

import java.util.Map;

/**
 * What waits on a machine for a shared store, and what has waited in vain.
 *
 * @param records records that wait now
 * @param dropped records that waited too long, or were too many, ever, by reason
 * @param droppedOutcomes how many of those held the outcome of a claimed key: when its lease was
 *     over, the key was free for the work to be done again
 */
public record WaitingStatus(long records, Map<String, Long> dropped, long droppedOutcomes) {

  /** Of a store that is not shared. */
  static final WaitingStatus NOTHING = new WaitingStatus(0, Map.of(), 0);

  /** Copies the counts. */
  public WaitingStatus {
    dropped = Map.copyOf(dropped);
  }

  /** All that was dropped, ever, for whatever reason. */
  public long droppedRecords() {
    long sum = 0;
    for (long each : dropped.values()) {
      sum += each;
    }
    return sum;
  }
}
