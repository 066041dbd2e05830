package dev.hookbus.benchmarks;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.store.Durability;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
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

/**
 * What a caller pays for a queued record, beside an OpenTelemetry span behind a batch processor. In
 * bursts that fit both queues, emptied in between: in an endless loop HookBus would measure its
 * disk, because it writes what the queue can't take, and OpenTelemetry its dropping.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 200, batchSize = AsyncGuardBenchmark.BURST)
@Measurement(iterations = 200, batchSize = AsyncGuardBenchmark.BURST)
@Fork(1)
@State(Scope.Thread)
public class AsyncGuardBenchmark {

  /** Calls of one burst; the figures are for a whole burst. */
  public static final int BURST = 1_000;

  private Path directory;
  private HookBus bus;
  private Guard guard;
  private SdkTracerProvider tracing;
  private Tracer tracer;
  private long number;

  /** Starts both. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    directory = Files.createTempDirectory("hookbus-benchmark");
    bus =
        HookBus.builder()
            .database(directory.resolve("async.db"))
            .durability(Durability.ASYNC)
            .build();
    guard = bus.guard("benchmark").event("PostToolUse").tool("Edit").build();
    tracing =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(new NoExporter()).build())
            .build();
    tracer = tracing.get("benchmark");
  }

  /** Empties both queues before the next burst. */
  @Setup(Level.Iteration)
  public void drain() {
    if (!bus.flush(Duration.ofSeconds(10)).complete()) {
      throw new IllegalStateException("the queue did not empty");
    }
    tracing.forceFlush().join(10, TimeUnit.SECONDS);
  }

  /** Stops both. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    bus.close();
    tracing.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private long body() {
    return ++number;
  }

  /** A queued record, no key. */
  @Benchmark
  public Object guardAsync() {
    return guard.call(GuardKey.none(), this::body);
  }

  /** A span. */
  @Benchmark
  public long openTelemetrySpan() {
    Span span = tracer.spanBuilder("benchmark").startSpan();
    try {
      return body();
    } finally {
      span.end();
    }
  }

  private static final class NoExporter implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
