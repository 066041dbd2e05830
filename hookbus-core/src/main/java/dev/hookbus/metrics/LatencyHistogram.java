package dev.hookbus.metrics;

import java.util.Arrays;

/**
 * Counts of durations by {@linkplain LatencyBuckets bucket}. Histograms of different processes,
 * hours or machines merge by addition without losing accuracy. Not thread-safe.
 */
public final class LatencyHistogram {

  private long[] counts = new long[0];
  private long total;

  /** Counts one duration, in nanoseconds. */
  public void record(long nanos) {
    add(LatencyBuckets.indexOf(nanos), 1);
  }

  /**
   * Counts {@code n} durations of one bucket.
   *
   * @throws IndexOutOfBoundsException if there is no such bucket
   * @throws IllegalArgumentException if {@code n} is negative
   */
  public void add(int bucket, long n) {
    if (bucket < 0 || bucket >= LatencyBuckets.COUNT) {
      throw new IndexOutOfBoundsException(bucket);
    }
    if (n < 0) {
      throw new IllegalArgumentException("a count can't be negative: " + n);
    }
    if (bucket >= counts.length) {
      counts = Arrays.copyOf(counts, Math.min(LatencyBuckets.COUNT, bucket + 256));
    }
    counts[bucket] += n;
    total += n;
  }

  /** Adds all counts of {@code other}. */
  public void merge(LatencyHistogram other) {
    for (int bucket = 0; bucket < other.counts.length; bucket++) {
      if (other.counts[bucket] > 0) {
        add(bucket, other.counts[bucket]);
      }
    }
  }

  /** How many durations were counted. */
  public long count() {
    return total;
  }

  /**
   * The duration below which the fraction {@code p} lies: of {@code n} sorted values the one at
   * index {@code floor(n * p)}, within 0.78 %.
   *
   * @param p between 0 and 1
   * @return nanoseconds; 0 if nothing was counted
   * @throws IllegalArgumentException if {@code p} is not between 0 and 1
   */
  public long percentile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("a percentile lies between 0 and 1: " + p);
    }
    long rank = Math.min(total - 1, (long) Math.floor(total * p));
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen > rank && counts[bucket] > 0) {
        return LatencyBuckets.middle(bucket);
      }
    }
    return 0;
  }
}
