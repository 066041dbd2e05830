package dev.hookbus.benchmarks.scale;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.store.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Guards of one process beside SQLite without the library, each for a moment in every round. */
final class Throughput {

  private static final int THREADS = 16;
  private static final int ROUNDS = 9;
  private static final Duration WINDOW = Duration.ofMillis(700);
  private static final int BATCH = 512;

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
      List<Race.Variant> variants = variants(home.resolve("raw.db"), sync, async);
      new Race(ROUNDS, WINDOW).run(variants);
      out.title("Threads");
      out.text(THREADS + " threads unless said otherwise. The ratio is to the raw line above.");
      Race.print(out, variants, 0, 0, 2, 2, 4, 4);
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

  private List<Race.Variant> variants(Path raw, HookBus sync, HookBus async) throws Exception {
    Guard syncGuard = sync.guard("benchmark").event("PostToolUse").tool("Edit").build();
    Guard asyncGuard = async.guard("benchmark").event("PostToolUse").tool("Edit").build();
    List<Race.Call> inserts = new ArrayList<>();
    List<Race.Call> claims = new ArrayList<>();
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
    Race.Call batch =
        () -> {
          batching.insertRows(BATCH);
          return BATCH;
        };
    return List.of(
        new Race.Variant("raw, one thread, batches of " + BATCH, List.of(batch), null),
        new Race.Variant("guard, `async`", threads(() -> call(asyncGuard, GuardKey.none())), async),
        new Race.Variant("raw, autocommit on own connections", inserts, null),
        new Race.Variant("guard, `sync`", threads(() -> call(syncGuard, GuardKey.none())), null),
        new Race.Variant("raw, claim, then settle and log, on own connections", claims, null),
        new Race.Variant("guard with key, `sync`", threads(() -> call(syncGuard, newKey())), null));
  }

  private RawRows connection(Path file) throws Exception {
    RawRows connection = new RawRows(file);
    connections.add(connection);
    return connection;
  }

  private static List<Race.Call> threads(Race.Call call) {
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
}
