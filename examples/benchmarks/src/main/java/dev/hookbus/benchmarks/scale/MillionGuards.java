package dev.hookbus.benchmarks.scale;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.store.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent that runs a million guards, and what it holds after every tenth of them: heap after a
 * collection, threads, open files.
 *
 * <pre>java -cp examples/benchmarks/target/hookbus-benchmarks-*-all.jar \
 *   dev.hookbus.benchmarks.scale.MillionGuards [GUARDS]</pre>
 */
public final class MillionGuards {

  private static final int THREADS = 4;
  private static final int STEPS = 10;
  private static final String PAYLOAD =
      "{\"session_id\":\"7d1c0b52\",\"tool_input\":{\"text\":\""
          + "lorem ipsum ".repeat(20)
          + "\"}}";

  private MillionGuards() {}

  /** Runs the guards and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int guards = arguments.length > 0 ? Integer.parseInt(arguments[0].replace("_", "")) : 1_000_000;
    Path directory = Files.createTempDirectory("hookbus-guards");
    Markdown out = new Markdown(System.out);
    out.head("guards", "heap after GC, KB", "threads", "open files", "database, MB");
    try (HookBus sync = bus(directory.resolve("sync.db"), Durability.SYNC);
        HookBus async = bus(directory.resolve("async.db"), Durability.ASYNC)) {
      for (int step = 1; step <= STEPS; step++) {
        run(List.of(sync, async), guards / STEPS, step);
        async.flush(Duration.ofSeconds(30));
        out.row(
            Markdown.count((long) guards / STEPS * step),
            Markdown.count(heapAfterCollection() / 1024),
            Thread.getAllStackTraces().size(),
            openFiles(),
            Markdown.number(bytes(directory) / 1e6));
      }
      out.text("\nProblems: " + sync.telemetry().problems() + async.telemetry().problems());
    } finally {
      ScaleReport.removeAll(directory);
    }
  }

  private static HookBus bus(Path file, Durability durability) {
    return HookBus.builder().database(file).durability(durability).build();
  }

  /** Half of the guards on each bus, with a key each second, a payload each fourth. */
  private static void run(List<HookBus> buses, int guards, int step) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      HookBus bus = buses.get(i % buses.size());
      String own = "thread " + i + " step " + step;
      Thread thread =
          new Thread(
              () -> {
                Guard guard = bus.guard("agent").event("PostToolUse").tool("Edit").build();
                Guard telling = guard.with(Invocation.ofSession("7d1c0b52").withPayload(PAYLOAD));
                for (int n = 0; n < guards / THREADS; n++) {
                  GuardKey key = n % 2 == 0 ? GuardKey.of(own, n) : GuardKey.none();
                  long number = n;
                  (n % 4 == 0 ? telling : guard).call(key, () -> number);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static long heapAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static String openFiles() {
    String[] files = Path.of("/proc/self/fd").toFile().list();
    return files == null ? "?" : String.valueOf(files.length);
  }

  private static long bytes(Path directory) throws Exception {
    try (var files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
