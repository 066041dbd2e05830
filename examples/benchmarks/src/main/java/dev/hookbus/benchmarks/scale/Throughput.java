package dev.hookbus.benchmarks.scale;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.store.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Guards of one process beside SQLite without the library, each for a moment in every round. */
final class Throughput {

  private static final int THREADS = 16;
  private static final int ROUNDS = 9;
  private static final long WINDOW_NANOS = 700_000_000;
  private static final int BATCH = 512;

  /** One call; answers how many rows it wrote. */
  @FunctionalInterface
  private interface Call {
    int call() throws Exception;
  }

  private static final class Variant {
    final String name;
    final List<Call> threads;
    final @Nullable HookBus flushed;
    final List<Double> rates = new ArrayList<>();
    final Timings calls = new Timings();

    Variant(String name, List<Call> threads, @Nullable HookBus flushed) {
      this.name = name;
      this.threads = threads;
      this.flushed = flushed;
    }

    double rate() {
      return rates.stream().mapToDouble(Double::doubleValue).sorted().toArray()[rates.size() / 2];
    }
  }

  private final Path directory;
  private final List<RawRows> connections = new ArrayList<>();

  Throughput(Path directory) {
    this.directory = directory;
  }

  void print(Markdown out) throws Exception {
    Path home = Files.createTempDirectory(directory, "throughput");
    try (HookBus sync = bus(home.resolve("sync.db"), Durability.SYNC);
        HookBus async = bus(home.resolve("async.db"), Durability.ASYNC);
        HookBus tables = bus(home.resolve("raw.db"), Durability.SYNC)) {
      tables.guard("tables").build().run(GuardKey.none(), () -> {});
      List<Variant> variants = variants(home.resolve("raw.db"), sync, async);
      measure(variants);
      print(out, variants);
      out.text("Problems: " + sync.telemetry().problems() + async.telemetry().problems());
    } finally {
      for (RawRows connection : connections) {
        connection.close();
      }
      ScaleReport.removeAll(home);
    }
  }

  private static HookBus bus(Path file, Durability durability) {
    return HookBus.builder().database(file).durability(durability).build();
  }

  private List<Variant> variants(Path raw, HookBus sync, HookBus async) throws Exception {
    Guard syncGuard = sync.guard("benchmark").event("PostToolUse").tool("Edit").build();
    Guard asyncGuard = async.guard("benchmark").event("PostToolUse").tool("Edit").build();
    List<Call> inserts = new ArrayList<>();
    List<Call> claims = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      RawRows own = connection(raw);
      inserts.add(
          () -> {
            own.insertRow();
            return 1;
          });
      claims.add(
          () -> {
            own.claimThenSettleAndInsert();
            return 1;
          });
    }
    RawRows batching = connection(raw);
    Call batch =
        () -> {
          batching.insertRows(BATCH);
          return BATCH;
        };
    return List.of(
        new Variant("raw, one thread, batches of " + BATCH, List.of(batch), null),
        new Variant("guard, `async`", threads(() -> call(asyncGuard, GuardKey.none())), async),
        new Variant("raw, autocommit on own connections", inserts, null),
        new Variant("guard, `sync`", threads(() -> call(syncGuard, GuardKey.none())), null),
        new Variant("raw, claim, then settle and log, on own connections", claims, null),
        new Variant("guard with key, `sync`", threads(() -> call(syncGuard, newKey())), null));
  }

  private RawRows connection(Path file) throws Exception {
    RawRows connection = new RawRows(file);
    connections.add(connection);
    return connection;
  }

  private static List<Call> threads(Call call) {
    return Collections.nCopies(THREADS, call);
  }

  private static int call(Guard guard, GuardKey key) {
    guard.run(key, () -> {});
    return 1;
  }

  private static GuardKey newKey() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return GuardKey.of("benchmark", random.nextLong(), random.nextLong());
  }

  private static void measure(List<Variant> variants) throws Exception {
    List<Variant> order = new ArrayList<>(variants);
    Random random = new Random(3);
    for (int round = -1; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (Variant variant : order) {
        measure(variant, round >= 0);
      }
    }
  }

  private static void measure(Variant variant, boolean counts) throws Exception {
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
                  rows[own] = run(variant.threads.get(own), calls[own]);
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

  private static long run(Call call, Timings calls) throws Exception {
    long rows = 0;
    long end = System.nanoTime() + WINDOW_NANOS;
    for (long now = System.nanoTime(); now - end < 0; ) {
      rows += call.call();
      long after = System.nanoTime();
      calls.add(after - now);
      now = after;
    }
    return rows;
  }

  private static void print(Markdown out, List<Variant> variants) {
    Map<Integer, Integer> yardsticks = Map.of(1, 0, 3, 2, 5, 4);
    out.title("Threads");
    out.text(THREADS + " threads unless said otherwise. The ratio is to the raw line above.");
    out.head("variant", "rows/s", "x raw", "P50 of a call, us", "P99, us", "worst, ms");
    for (int i = 0; i < variants.size(); i++) {
      Variant variant = variants.get(i);
      Variant yardstick = variants.get(yardsticks.getOrDefault(i, i));
      out.row(
          variant.name,
          Markdown.count(Math.round(variant.rate())),
          Markdown.number(variant.rate() / yardstick.rate()),
          Markdown.micros(variant.calls.median()),
          Markdown.micros(variant.calls.percentile(0.99)),
          Markdown.millis(variant.calls.max()));
    }
  }
}
