package dev.hookbus.faults;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardResult;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.sink.Dispatcher;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.sink.JsonlSink;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bus, and what a worker does with it. The bus is never closed: it would hand its events over
 * to a process that outlives the campaign.
 */
final class Bench {

  /** What all records have in common, so that an ID is enough to find one. */
  static final String SESSION = "campaign";

  static final String TOOL = "Fault";
  private static final String SINK = "jsonl";
  private static final String PAYLOAD =
      "{\"command\": \"" + "make all install ".repeat(20) + "\", \"cwd\": \"/srv/project\"}";

  private final Path database;
  private final Path events;
  private final PrintStream out;
  private final Duration budget;
  private @Nullable ShiftedClock clock;
  private @Nullable HookBus open;

  Bench(Path database, Path events, Duration budget, PrintStream out) {
    this.database = database;
    this.events = events;
    this.budget = budget;
    this.out = out;
  }

  HookBus bus() {
    HookBus bus = open;
    if (bus == null) {
      bus =
          HookBus.builder()
              .database(database)
              .sinks(Set.of(SINK))
              .storeRaw(true)
              .storeBudget(budget)
              .clock(clock == null ? Clock.systemUTC() : clock)
              .sessionId(SESSION)
              .build();
      open = bus;
    }
    return bus;
  }

  /** One write call for each line: a killed process leaves whole lines and at most one torn one. */
  void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
  }

  /** Records calls without a key; answers how many were degraded, the longest wait, problems. */
  String write(String prefix, long count) {
    Guard guard = bus().guard("writer").event("PostToolUse").build();
    Invocation call = Invocation.ofSession(SESSION).withTool(TOOL).withPayload(PAYLOAD);
    long degraded = 0;
    long longest = 0;
    for (long i = 0; i < count; i++) {
      String id = prefix + "-" + i;
      long start = System.nanoTime();
      GuardResult<String> result =
          guard.with(call.withToolUseId(id)).call(GuardKey.none(), () -> "ran");
      longest = Math.max(longest, System.nanoTime() - start);
      if (result instanceof GuardResult.Executed<String> executed && !executed.degraded()) {
        say("ack " + id);
      } else if (result.executed()) {
        degraded++;
      } else {
        say("broken the body of " + id + " did not run: " + result);
      }
    }
    return degraded + " " + longest / 1_000_000 + " " + bus().telemetry().problems();
  }

  /** One call with a key. */
  String once(String key, Duration ttl) {
    Guard guard = bus().guard("once").ttl(ttl).failClosed().build();
    GuardResult<String> result = guard.call(GuardKey.of("once", key), () -> "ran");
    return result instanceof GuardResult.Executed<String> executed
        ? executed.degraded() ? "degraded" : "ran"
        : result instanceof GuardResult.Skipped<String> skipped
            ? skipped.reason().toString()
            : "replayed";
  }

  /** Delivers, as a drainer does, with a lease that ends soon after a kill. */
  String drain(Duration lease) throws InterruptedException {
    try (Store store = Store.sqlite(SqliteSettings.of(database));
        Dispatcher dispatcher = dispatcher(store, lease)) {
      while (true) {
        FlushReport report = dispatcher.flush(Duration.ofSeconds(1));
        if (report.delivered() > 0) {
          say("delivered " + report.delivered());
        }
        Thread.sleep(5);
      }
    }
  }

  String deliver(Duration patience) {
    try (Store store = Store.sqlite(SqliteSettings.of(database));
        Dispatcher dispatcher = dispatcher(store, Duration.ofSeconds(10))) {
      return dispatcher.flush(patience).toString();
    }
  }

  private Dispatcher dispatcher(Store store, Duration lease) {
    return Dispatcher.builder(store.outbox())
        .sink(JsonlSink.in(events).build())
        .lease(lease)
        .build();
  }

  /** The first time, before the bus is used, it also gives the bus a clock that can be shifted. */
  String shiftClock(long millis) {
    ShiftedClock shifted = clock == null ? new ShiftedClock() : clock;
    shifted.offset = Duration.ofMillis(millis);
    clock = shifted;
    return "shifted";
  }

  String cleanup(Duration retention) throws StoreException {
    try (Store store = Store.sqlite(SqliteSettings.of(database))) {
      return store.admin().cleanup(retention, Duration.ofSeconds(10)).toString();
    }
  }

  /** Heap in use after a collection, in bytes; live threads; open files. */
  String resources() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return heap + " " + threads + " " + files.count();
    }
  }

  private static final class ShiftedClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
