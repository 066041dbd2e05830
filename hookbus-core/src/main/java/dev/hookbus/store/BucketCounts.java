package dev.hookbus.store;

import dev.hookbus.metrics.LatencyHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A few of the many buckets of a histogram with their counts, as one text: a period's whole
 * histogram is then read and written at once. The text is JSON, so that SQL can take it apart.
 */
final class BucketCounts {

  private int[] buckets = new int[16];
  private long[] counts = new long[16];
  private int size;

  /** Counts {@code n} more of a bucket. */
  void add(int bucket, long n) {
    // Texts are sorted, so what is added mostly goes to the end.
    int at =
        size == 0 || bucket > buckets[size - 1]
            ? -(size + 1)
            : Arrays.binarySearch(buckets, 0, size, bucket);
    if (at < 0) {
      at = -(at + 1);
      insert(at, bucket);
    }
    counts[at] += n;
  }

  private void insert(int at, int bucket) {
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(buckets, at, buckets, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    buckets[at] = bucket;
    counts[at] = 0;
    size++;
  }

  /** Adds what another one has counted. */
  void add(BucketCounts other) {
    for (int i = 0; i < other.size; i++) {
      add(other.buckets[i], other.counts[i]);
    }
  }

  /** Adds what a text says; {@code null} says nothing. */
  void add(@Nullable String text) {
    parse(text, this::add);
  }

  /** Adds what a text says to a histogram; {@code null} says nothing. */
  static void addTo(LatencyHistogram histogram, @Nullable String text) {
    parse(text, histogram::add);
  }

  /** As text: {@code {"411":3,"412":1}}; {@code null} if nothing was counted. */
  @Nullable String toText() {
    if (size == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder(10 * size).append('{');
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "\"" : ",\"").append(buckets[i]).append("\":").append(counts[i]);
    }
    return text.append('}').toString();
  }

  /** Told of each bucket. */
  @FunctionalInterface
  private interface Counter {
    void add(int bucket, long n);
  }

  /** Takes the numbers in pairs; what stands between them need not be looked at. */
  private static void parse(@Nullable String text, Counter counter) {
    if (text == null) {
      return;
    }
    long bucket = -1;
    int length = text.length();
    int at = 0;
    while (at < length) {
      int digit = text.charAt(at++) - '0';
      if (digit < 0 || digit > 9) {
        continue;
      }
      long number = digit;
      while (at < length && (digit = text.charAt(at) - '0') >= 0 && digit <= 9) {
        number = 10 * number + digit;
        at++;
      }
      if (bucket < 0) {
        bucket = number;
      } else {
        counter.add((int) bucket, number);
        bucket = -1;
      }
    }
  }
}
