package dev.hookbus.benchmarks.scale;

import dev.hookbus.HookBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ways to write rows that take turns, each for a moment in every round. */
final class Race {

  /** One call; answers how many rows it wrote. */
  @FunctionalInterface
  interface Call {
    int call() throws Exception;
  }

  /**
   * One way to write rows.
   *
   * @param threads what each thread does, again and again
   * @param flushed a bus whose queue must be empty before the time counts as over, or null
   */
  record Variant(
      String name,
      List<Call> threads,
      @Nullable HookBus flushed,
      List<Double> rates,
      Timings calls) {

    Variant(String name, List<Call> threads, @Nullable HookBus flushed) {
      this(name, threads, flushed, new ArrayList<>(), new Timings());
    }

    /** Rows a second, the median of all rounds. */
    double rate() {
      return rates.stream().mapToDouble(Double::doubleValue).sorted().toArray()[rates.size() / 2];
    }
  }

  private final int rounds;
  private final long windowNanos;

  Race(int rounds, Duration window) {
    this.rounds = rounds;
    this.windowNanos = window.toNanos();
  }

  /** Runs all variants in every round, each round in another order; the first does not count. */
  void run(List<Variant> variants) throws Exception {
    List<Variant> order = new ArrayList<>(variants);
    Random random = new Random(3);
    for (int round = -1; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (Variant variant : order) {
        run(variant, round >= 0);
      }
    }
  }

  private void run(Variant variant, boolean counts) throws Exception {
    int threads = variant.threads.size();
    long[] rows = new long[threads];
    Timings[] calls = new Timings[threads];
    CountDownLatch ready = new CountDownLatch(threads);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int own = i;
      calls[i] = new Timings();
      Thread thread =
          new Thread(
              () -> {
                try {
                  ready.countDown();
                  go.await();
                  rows[own] = repeat(variant.threads.get(own), calls[own]);
                } catch (Exception e) {
                  failure.set(e);
                }
              });
      running.add(thread);
      thread.start();
    }
    ready.await();
    long start = System.nanoTime();
    go.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    if (variant.flushed != null && !variant.flushed.flush(Duration.ofSeconds(30)).complete()) {
      throw new IllegalStateException("the queue did not empty");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (failure.get() != null) {
      throw new IllegalStateException(variant.name, failure.get());
    }
    if (counts) {
      variant.rates.add(Arrays.stream(rows).sum() / seconds);
      for (Timings each : calls) {
        variant.calls.addAll(each);
      }
    }
  }

  private long repeat(Call call, Timings calls) throws Exception {
    long rows = 0;
    long end = System.nanoTime() + windowNanos;
    for (long now = System.nanoTime(); now - end < 0; ) {
      rows += call.call();
      long after = System.nanoTime();
      calls.add(after - now);
      now = after;
    }
    return rows;
  }

  /**
   * Prints a line for each variant.
   *
   * @param yardsticks for each variant the index of the one it is compared with
   */
  static void print(Markdown out, List<Variant> variants, int... yardsticks) {
    out.head("variant", "rows/s", "x raw", "P50 of a call, us", "P99, us", "worst, ms");
    for (int i = 0; i < variants.size(); i++) {
      Variant variant = variants.get(i);
      out.row(
          variant.name,
          Markdown.count(Math.round(variant.rate())),
          Markdown.number(variant.rate() / variants.get(yardsticks[i]).rate()),
          Markdown.micros(variant.calls.median()),
          Markdown.micros(variant.calls.percentile(0.99)),
          Markdown.millis(variant.calls.max()));
    }
  }
}
