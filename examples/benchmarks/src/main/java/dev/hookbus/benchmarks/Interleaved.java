package dev.hookbus.benchmarks;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.config.DeliveryMode;
import dev.hookbus.sink.JsonlSink;
import dev.hookbus.store.Durability;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Guards beside raw SQLite, all variants in every round and each round in another order, so that a
 * machine that slows down slows them all. Prints medians and their ratios; only the ratios mean
 * something elsewhere.
 *
 * <pre>java -cp examples/benchmarks/target/hookbus-benchmarks-*-all.jar \
 *   dev.hookbus.benchmarks.Interleaved [rounds]</pre>
 */
public final class Interleaved {

  private static final int CALLS_PER_ROUND = 500;
  private static final int WARM_UP_ROUNDS = 20;
  private static final String PAYLOAD =
      "{\"session_id\":\"7d1c0b52\",\"tool_input\":{\"text\":\""
          + "lorem ipsum dolor sit amet ".repeat(36)
          + "\"}}";

  /** One way to do the work. */
  @FunctionalInterface
  private interface Call {
    void call(long number) throws Exception;
  }

  private static final class Variant {
    final String name;
    final Call call;
    final List<Double> nanos = new ArrayList<>();

    Variant(String name, Call call) {
      this.name = name;
      this.call = call;
    }

    double median() {
      double[] sorted = nanos.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  private Interleaved() {}

  /** Runs the rounds and prints the table. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    Path directory = Files.createTempDirectory("hookbus-interleaved");
    try (HookBus bus = HookBus.builder().database(directory.resolve("sync.db")).build();
        HookBus asyncBus =
            HookBus.builder()
                .database(directory.resolve("async.db"))
                .durability(Durability.ASYNC)
                .build();
        HookBus keyedBus = HookBus.builder().database(directory.resolve("keyed.db")).build();
        HookBus tellingBus =
            HookBus.builder()
                .database(directory.resolve("telling.db"))
                .sink(JsonlSink.in(directory.resolve("events")).build())
                .delivery(DeliveryMode.INLINE)
                .build();
        RawSqlite raw = new RawSqlite(directory.resolve("raw.db"))) {
      List<Variant> variants = variants(bus, keyedBus, asyncBus, tellingBus, raw);
      long number = 0;
      Random random = new Random(1);
      List<Variant> order = new ArrayList<>(variants);
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        Collections.shuffle(order, random);
        for (Variant variant : order) {
          double nanos = measure(variant, number);
          number += CALLS_PER_ROUND;
          if (round >= 0) {
            variant.nanos.add(nanos);
          }
          asyncBus.flush(Duration.ofSeconds(10));
        }
      }
      print(System.out, variants);
    } finally {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Variant> variants(
      HookBus bus, HookBus keyedBus, HookBus asyncBus, HookBus tellingBus, RawSqlite raw) {
    Guard keyed = keyedBus.guard("benchmark").event("PostToolUse").tool("Edit").build();
    Guard telling = tellingBus.guard("benchmark").event("PostToolUse").tool("Edit").build();
    Guard durable = bus.guard("benchmark").event("PostToolUse").tool("Edit").build();
    Guard payload = durable.with(Invocation.ofSession("7d1c0b52").withPayload(PAYLOAD));
    Guard async = asyncBus.guard("benchmark").event("PostToolUse").tool("Edit").build();
    return Arrays.asList(
        new Variant("raw insert of a log row", raw::insertLogRow),
        new Variant("raw claim", raw::claim),
        new Variant("raw claim; settle + log in one transaction", raw::claimThenSettleAndLog),
        new Variant("guard, durable", n -> durable.call(GuardKey.none(), () -> n)),
        new Variant("guard, durable, key", n -> keyed.call(GuardKey.of("k", n), () -> n)),
        new Variant(
            "guard, durable, key, event for a sink",
            n -> telling.call(GuardKey.of("k", n), () -> n)),
        new Variant("guard, durable, duplicate", n -> durable.call(GuardKey.of("d"), () -> n)),
        new Variant(
            "guard, durable, key, 1 KB payload", n -> payload.call(GuardKey.of("p", n), () -> n)),
        new Variant("guard, async", n -> async.call(GuardKey.none(), () -> n)),
        new Variant("guard, async, key", n -> async.call(GuardKey.of("k", n), () -> n)));
  }

  private static double measure(Variant variant, long firstNumber) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS_PER_ROUND; i++) {
      variant.call.call(firstNumber + i);
    }
    return (double) (System.nanoTime() - start) / CALLS_PER_ROUND;
  }

  private static void print(PrintStream out, List<Variant> variants) {
    double yardstick = variants.get(0).median();
    out.printf(Locale.ROOT, "%-46s %10s %8s%n", "variant", "median us", "ratio");
    for (Variant variant : variants) {
      out.printf(
          Locale.ROOT,
          "%-46s %10.2f %8.2f%n",
          variant.name,
          variant.median() / 1000,
          variant.median() / yardstick);
    }
  }
}
