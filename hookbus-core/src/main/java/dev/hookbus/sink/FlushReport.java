package dev.hookbus.sink;

/**
 * What a flush achieved, over all sinks: an event that goes to two sinks counts twice.
 *
 * @param delivered events that arrived during the flush
 * @param left events still in the outbox; {@link Long#MAX_VALUE} where they can't be counted
 * @param dead events that became dead letters during the flush
 * @param skipped events passed over during the flush, because the receiver has no place for them
 */
public record FlushReport(long delivered, long left, long dead, long skipped) {

  /** Whether nothing is left: every event is delivered, dead or counted. */
  public boolean complete() {
    return left == 0;
  }

  /** The same report with that many more left. */
  public FlushReport withMoreLeft(long more) {
    long sum = left > Long.MAX_VALUE - more ? Long.MAX_VALUE : left + more;
    return new FlushReport(delivered, sum, dead, skipped);
  }
}
