package dev.hookbus.sink;

import static java.util.Objects.requireNonNull;

import dev.hookbus.safety.Problems;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Collects the settings of a dispatcher. */
final class DispatcherBuilder implements Dispatcher.Builder {
  private final Outbox outbox;
  private final Map<String, Sink> sinks = new LinkedHashMap<>();
  private RetryPolicy policy = RetryPolicy.DEFAULT;
  private OutboxLimits limits = OutboxLimits.DEFAULT;
  private Duration lease = Duration.ofSeconds(60);
  private Duration pollInterval = Duration.ofSeconds(1);
  private Problems problems = new Problems();
  private InstantSource clock = InstantSource.system();
  private RandomGenerator random = new SplittableRandom();

  DispatcherBuilder(Outbox outbox) {
    this.outbox = requireNonNull(outbox, "outbox");
  }

  @Override
  public Dispatcher.Builder sink(Sink sink) {
    if (!sink.name().matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("a sink's name must match [a-z0-9-]+");
    }
    if (sinks.putIfAbsent(sink.name(), sink) != null) {
      throw new IllegalArgumentException("two sinks are named " + sink.name());
    }
    return this;
  }

  @Override
  public Dispatcher.Builder retryPolicy(RetryPolicy value) {
    policy = requireNonNull(value, "policy");
    return this;
  }

  @Override
  public Dispatcher.Builder limits(OutboxLimits value) {
    limits = requireNonNull(value, "limits");
    return this;
  }

  @Override
  public Dispatcher.Builder lease(Duration value) {
    lease = requireNonNull(value, "lease");
    return this;
  }

  @Override
  public Dispatcher.Builder pollInterval(Duration value) {
    pollInterval = requireNonNull(value, "interval");
    return this;
  }

  @Override
  public Dispatcher.Builder problems(Problems value) {
    problems = requireNonNull(value, "problems");
    return this;
  }

  @Override
  public Dispatcher.Builder clock(InstantSource value) {
    clock = requireNonNull(value, "clock");
    return this;
  }

  @Override
  public Dispatcher.Builder random(RandomGenerator value) {
    random = requireNonNull(value, "random");
    return this;
  }

  @Override
  public Dispatcher build() {
    List<SinkRunner> runners =
        sinks.values().stream()
            .map(sink -> new SinkRunner(sink, outbox, policy, lease, clock, random, problems))
            .toList();
    return new DefaultDispatcher(outbox, runners, limits, pollInterval, lease, clock, problems);
  }
}
