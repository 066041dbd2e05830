package dev.hookbus.sink;

/**
 * How much a sink takes at once. A single event larger than {@code maxBytes} comes alone.
 *
 * @param maxEvents at least 1
 * @param maxBytes bytes of UTF-8 of all envelopes together, at least 1
 */
public record BatchLimits(int maxEvents, long maxBytes) {
  /** Checks that both are positive. */
  public BatchLimits {
    if (maxEvents < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("batch limits must be positive");
    }
  }
}
