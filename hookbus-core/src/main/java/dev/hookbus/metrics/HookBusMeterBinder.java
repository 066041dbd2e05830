package dev.hookbus.metrics;

import dev.hookbus.safety.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Publishes a bus through Micrometer, into a registry the application passes in:
 *
 * <pre>{@code
 * static void publish(HookBus bus, MeterRegistry registry) {
 *   new HookBusMeterBinder(bus.telemetry()).bindTo(registry);
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@code hookbus.execution}: timer of bodies that ran, tags hook, event, status
 *   <li>{@code hookbus.overhead}: timer of what the library added, commit included, tag hook
 *   <li>{@code hookbus.dedupe.hits}: counter of skipped calls, tag hook
 *   <li>{@code hookbus.payload}: summary of payload sizes in bytes, tag hook
 *   <li>{@code hookbus.sink.*}: gauges backlog, oldest.age.seconds, dead.letters, delivered, rate
 *       (per second, over the last minute), dropped and open, tag sink, read from the store at each
 *       scrape
 *   <li>{@code hookbus.problems}: counter of internal problems, tag reason
 * </ul>
 *
 * <p>Tags are bounded: the 101st hook and every later one is counted as {@code other}. IDs never
 * become tags. Timers publish the buckets of the rollout limits, so that percentiles can be
 * aggregated over machines.
 */
public final class HookBusMeterBinder implements MeterBinder {

  private static final int MAX_NAMES = 100;
  private static final String OTHER = "other";
  private static final Duration[] LIMITS = {
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(15),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10)
  };

  private final Telemetry telemetry;
  private final Set<String> hooks = ConcurrentHashMap.newKeySet();
  private final Set<String> events = ConcurrentHashMap.newKeySet();

  /** A binder for one bus. */
  public HookBusMeterBinder(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Problem problem : Problem.values()) {
      FunctionCounter.builder(
              "hookbus.problems", telemetry, source -> countOf(source.problems(), problem))
          .description("Internal problems the host did not see")
          .tag("reason", problem.tag())
          .register(registry);
    }
    for (SinkGauge sink : telemetry.sinks()) {
      bindSink(registry, sink.sink());
    }
    telemetry.subscribe(sample -> record(registry, sample));
  }

  private void bindSink(MeterRegistry registry, String sink) {
    gauge(registry, sink, "hookbus.sink.backlog", SinkGauge::backlog);
    gauge(registry, sink, "hookbus.sink.oldest.age.seconds", SinkGauge::oldestAgeSeconds);
    gauge(registry, sink, "hookbus.sink.dead.letters", SinkGauge::deadLetters);
    gauge(registry, sink, "hookbus.sink.delivered", SinkGauge::delivered);
    gauge(registry, sink, "hookbus.sink.rate", SinkGauge::rate);
    gauge(registry, sink, "hookbus.sink.dropped", SinkGauge::dropped);
    gauge(registry, sink, "hookbus.sink.open", state -> state.open() ? 1 : 0);
  }

  private void gauge(
      MeterRegistry registry, String sink, String name, ToDoubleFunction<SinkGauge> value) {
    Gauge.builder(
            name,
            telemetry,
            source ->
                source.sinks().stream()
                    .filter(state -> state.sink().equals(sink))
                    .mapToDouble(value)
                    .findFirst()
                    .orElse(0))
        .description("How the sink is doing, over all processes")
        .tag("sink", sink)
        .register(registry);
  }

  private void record(MeterRegistry registry, ExecutionSample sample) {
    String hook = bounded(hooks, sample.hook());
    if (sample.status() == ExecutionStatus.DEDUPE_SKIP) {
      Counter.builder("hookbus.dedupe.hits")
          .description("Calls skipped because their key was taken")
          .tag("hook", hook)
          .register(registry)
          .increment();
    } else {
      Timer.builder("hookbus.execution")
          .description("Bodies of guarded calls")
          .tags(
              "hook", hook,
              "event", bounded(events, sample.event()),
              "status", sample.status().text())
          .serviceLevelObjectives(LIMITS)
          .register(registry)
          .record(Duration.ofNanos(sample.durationNanos()));
    }
    Timer.builder("hookbus.overhead")
        .description("What HookBus itself added to a call")
        .tag("hook", hook)
        .serviceLevelObjectives(LIMITS)
        .register(registry)
        .record(Duration.ofNanos(sample.overheadNanos()));
    if (sample.payloadBytes() > 0) {
      DistributionSummary.builder("hookbus.payload")
          .description("Sizes of payloads, as given")
          .baseUnit("bytes")
          .tag("hook", hook)
          .register(registry)
          .record((double) sample.payloadBytes());
    }
  }

  private static String bounded(Set<String> known, String name) {
    if (known.contains(name)) {
      return name;
    }
    // Two threads may let one name too many in; the bound is there for memory, not for the count.
    if (known.size() >= MAX_NAMES) {
      return OTHER;
    }
    known.add(name);
    return name;
  }

  private static double countOf(Map<Problem, Long> problems, Problem problem) {
    return problems.getOrDefault(problem, 0L).doubleValue();
  }
}
