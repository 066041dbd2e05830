package dev.hookbus.metrics;

/**
 * Log-linear buckets over nanoseconds: 64 per power of two, so that a bucket's middle is within
 * 1/128 (0.78 %) of every duration in it. The numbering is stored in databases and never changes.
 */
public final class LatencyBuckets {

  private static final int SUB_BITS = 6;
  private static final int SUB_COUNT = 1 << SUB_BITS;

  /** One more than the largest bucket number. */
  public static final int COUNT = (Long.SIZE - SUB_BITS) * SUB_COUNT;

  private LatencyBuckets() {}

  /** The bucket of a duration in nanoseconds; a negative duration counts as zero. */
  public static int indexOf(long nanos) {
    if (nanos < SUB_COUNT) {
      return (int) Math.max(nanos, 0);
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return shift * SUB_COUNT + (int) (nanos >>> shift);
  }

  /**
   * The middle of a bucket, in nanoseconds.
   *
   * @throws IndexOutOfBoundsException if there is no such bucket
   */
  public static long middle(int index) {
    if (index < 0 || index >= COUNT) {
      throw new IndexOutOfBoundsException(index);
    }
    if (index < 2 * SUB_COUNT) {
      return index;
    }
    int shift = index / SUB_COUNT - 1;
    long lowest = (long) (index - shift * SUB_COUNT) << shift;
    return lowest + (1L << shift >> 1);
  }
}
