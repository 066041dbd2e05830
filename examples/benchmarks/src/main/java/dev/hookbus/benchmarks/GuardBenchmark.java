package dev.hookbus.benchmarks;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A guarded call in every form, beside the bare body and raw SQLite. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class GuardBenchmark {

  private static final String PAYLOAD =
      "{\"session_id\":\"7d1c0b52\",\"tool_name\":\"Edit\",\"tool_input\":{\"text\":\""
          + "lorem ipsum dolor sit amet ".repeat(36)
          + "\"}}";

  private Path directory;
  private HookBus disabledBus;
  private HookBus syncBus;
  private Guard disabled;
  private Guard durable;
  private Guard durableWithPayload;
  private RawSqlite raw;
  private long number;

  /** Opens one database per variant, so that none pays for another's rows. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    directory = Files.createTempDirectory("hookbus-benchmark");
    disabledBus = HookBus.builder().enabled(false).build();
    syncBus = HookBus.builder().database(directory.resolve("sync.db")).build();
    disabled = disabledBus.guard("benchmark").build();
    durable = syncBus.guard("benchmark").event("PostToolUse").tool("Edit").build();
    durableWithPayload = durable.with(Invocation.ofSession("7d1c0b52").withPayload(PAYLOAD));
    raw = new RawSqlite(directory.resolve("raw.db"));
  }

  /** Closes and deletes everything. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    disabledBus.close();
    syncBus.close();
    raw.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private long body() {
    return ++number;
  }

  /** The floor. */
  @Benchmark
  public long bareBody() {
    return body();
  }

  /** HookBus switched off. */
  @Benchmark
  public Object guardDisabled() {
    return disabled.call(GuardKey.none(), this::body);
  }

  /** A committed record, no key. */
  @Benchmark
  public Object guardDurable() {
    return durable.call(GuardKey.none(), this::body);
  }

  /** A committed claim, then its settlement and the record in one more transaction. */
  @Benchmark
  public Object guardDurableWithKey() {
    return durable.call(GuardKey.of("benchmark", number), this::body);
  }

  /** The same, with 1 KB of payload redacted, bounded and hashed. */
  @Benchmark
  public Object guardDurableWithKeyAndPayload() {
    return durableWithPayload.call(GuardKey.of("payload", number), this::body);
  }

  /** One prepared insert of a log row, autocommit. */
  @Benchmark
  public long rawInsert() throws Exception {
    raw.insertLogRow(body());
    return number;
  }

  /** One prepared upsert of a key, autocommit. */
  @Benchmark
  public long rawClaim() throws Exception {
    raw.claim(body());
    return number;
  }

  /** What a guard with a key must do at the least, by hand. */
  @Benchmark
  public long rawClaimThenSettleAndLog() throws Exception {
    raw.claimThenSettleAndLog(body());
    return number;
  }
}
