package dev.hookbus.metrics;

/**
 * What one hook did in a period. Durations are of bodies that ran; skipped duplicates are counted
 * apart and enter neither the percentiles nor the success rate.
 *
 * @param hook the guard's name
 * @param successes bodies that ended normally
 * @param failures bodies that threw, timed out or were left without completion
 * @param dedupeHits calls skipped because their key was taken
 * @param degraded calls that ran although the store was unavailable for their claim
 * @param totalPayloadBytes size of all payloads as they were given
 * @param totalDurationNanos time spent in bodies
 * @param totalOverheadNanos time the library itself added
 * @param latency durations of bodies that ran
 */
public record HookStats(
    String hook,
    long successes,
    long failures,
    long dedupeHits,
    long degraded,
    long totalPayloadBytes,
    long totalDurationNanos,
    long totalOverheadNanos,
    LatencyHistogram latency) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** All calls: run or skipped. */
  public long totalCalls() {
    return executions() + dedupeHits;
  }

  /** Calls whose body ran. */
  public long executions() {
    return successes + failures;
  }

  /** Percentage of the bodies that ended normally, to one decimal; 100 if none ran. */
  public double successRate() {
    return executions() == 0 ? 100 : Math.round(1000.0 * successes / executions()) / 10.0;
  }

  /** Mean duration of a body, in milliseconds; 0 if none ran. */
  public double averageMillis() {
    return executions() == 0 ? 0 : totalDurationNanos / NANOS_PER_MILLI / executions();
  }

  /** Mean time the library added to a call, in milliseconds; 0 if there was none. */
  public double averageOverheadMillis() {
    return totalCalls() == 0 ? 0 : totalOverheadNanos / NANOS_PER_MILLI / totalCalls();
  }

  /**
   * A percentile of the bodies' durations, in milliseconds.
   *
   * @param p between 0 and 1
   */
  public double percentileMillis(double p) {
    return latency.percentile(p) / NANOS_PER_MILLI;
  }
}
