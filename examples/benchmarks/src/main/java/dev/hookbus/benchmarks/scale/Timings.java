package dev.hookbus.benchmarks.scale;

import java.util.Arrays;

/** Times in nanoseconds, all of them kept, so that percentiles are exact. Not thread-safe. */
final class Timings {

  private long[] nanos = new long[1024];
  private int count;

  void add(long value) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = value;
  }

  void addAll(Timings other) {
    for (int i = 0; i < other.count; i++) {
      add(other.nanos[i]);
    }
  }

  /** All of them, in the order they came, with a blank between two. */
  String asLine() {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < count; i++) {
      line.append(nanos[i]).append(' ');
    }
    return line.toString();
  }

  /** What {@link #asLine} has written. */
  static Timings ofLine(String line) {
    Timings timings = new Timings();
    for (String nanos : line.split(" ", -1)) {
      if (!nanos.isEmpty()) {
        timings.add(Long.parseLong(nanos));
      }
    }
    return timings;
  }

  int count() {
    return count;
  }

  /** Of the sorted times the one at index {@code floor(count * p)}; 0 if there is none. */
  long percentile(double p) {
    if (count == 0) {
      return 0;
    }
    Arrays.sort(nanos, 0, count);
    return nanos[Math.min(count - 1, (int) (count * p))];
  }

  long median() {
    return percentile(0.5);
  }

  long mean() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += nanos[i];
    }
    return count == 0 ? 0 : sum / count;
  }

  /** How many of them are longer. */
  int over(long limit) {
    int longer = 0;
    for (int i = 0; i < count; i++) {
      longer += nanos[i] > limit ? 1 : 0;
    }
    return longer;
  }

  long max() {
    return percentile(1);
  }
}
