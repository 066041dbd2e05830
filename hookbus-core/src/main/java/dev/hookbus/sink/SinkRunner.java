package dev.hookbus.sink;

import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Budget;
import dev.hookbus.store.DeliveryState;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxEntry;
import dev.hookbus.store.OutboxLease;
import dev.hookbus.store.OutboxProgress;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one sink, a batch at a step. The lease is kept from step to step and given back when
 * there is nothing to do.
 */
final class SinkRunner {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A smaller batch is read faster than another thread is told to. */
  private static final int LARGE_BATCH = 50;

  private final Sink sink;
  private final Outbox outbox;
  private final RetryPolicy policy;
  private final Duration leaseLength;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Problems problems;
  private final ReentrantLock turn = new ReentrantLock();
  private final ReadAhead readAhead;
  private @Nullable OutboxLease lease;
  private Instant waitUntil = Instant.EPOCH;

  SinkRunner(
      Sink sink,
      Outbox outbox,
      RetryPolicy policy,
      Duration leaseLength,
      InstantSource clock,
      RandomGenerator random,
      Problems problems) {
    this.sink = sink;
    this.outbox = outbox;
    this.policy = policy;
    this.leaseLength = leaseLength;
    this.clock = clock;
    this.random = random;
    this.problems = problems;
    this.readAhead = new ReadAhead(outbox, sink.name());
  }

  /** What a step came to. */
  sealed interface Step {}

  /** A batch was tried; there may be more. */
  record Tried(int delivered, int dead, int skipped) implements Step {}

  /** Nothing to deliver. */
  record Idle() implements Step {}

  /** The receiver is away: nothing before that time. */
  record Waiting(Instant until) implements Step {}

  /** Another process or thread delivers, or the sink is paused. */
  record Busy() implements Step {}

  /** The store could not be used. */
  record Failed() implements Step {}

  Sink sink() {
    return sink;
  }

  /** Tries one batch. Never throws but what no library may keep. */
  Step step() {
    if (!turn.tryLock()) {
      return new Busy();
    }
    try {
      return tryBatch();
    } catch (StoreException e) {
      lease = null;
      problems.report(
          Problem.STORE_UNAVAILABLE, "delivery to " + sink.name() + " waits for the store", e);
      return new Failed();
    } finally {
      turn.unlock();
    }
  }

  private Step tryBatch() throws StoreException {
    if (!policy.due(waitUntil, clock.instant())) {
      return new Waiting(waitUntil);
    }
    OutboxLease held = lease;
    if (held == null) {
      if (!outbox.hasWork(sink.name(), budget())) {
        return new Idle();
      }
      held = outbox.lease(sink.name(), leaseLength, budget()).orElse(null);
      lease = held;
    }
    if (held == null) {
      return new Busy();
    }
    DeliveryState state = held.state();
    Instant now = clock.instant();
    CircuitBreaker breaker = CircuitBreaker.parse(state.breaker()).at(now);
    BatchLimits limits = sink.limits();
    int allowed = breaker.allowance(limits.maxEvents());
    if (allowed == 0 || !policy.due(state.nextAttempt(), now)) {
      giveBack(held);
      waitUntil = state.nextAttempt();
      return new Waiting(waitUntil);
    }
    List<OutboxEntry> entries = page(held, new BatchLimits(allowed, limits.maxBytes()));
    if (entries.isEmpty()) {
      giveBack(held);
      return new Idle();
    }
    boolean more = allowed == limits.maxEvents() && entries.size() >= LARGE_BATCH;
    return deliver(held, entries, breaker, more);
  }

  /** The next entries: read ahead, unless something has come between. */
  private List<OutboxEntry> page(OutboxLease held, BatchLimits limits) throws StoreException {
    List<OutboxEntry> ahead = readAhead.take(held, limits);
    boolean current = !ahead.isEmpty() && outbox.hasWork(sink.name(), budget()); // not paused since
    return current ? ahead : outbox.read(held, limits.maxEvents(), limits.maxBytes(), budget());
  }

  private Step deliver(
      OutboxLease held, List<OutboxEntry> entries, CircuitBreaker breaker, boolean more)
      throws StoreException {
    if (more) {
      long cursor = entries.get(entries.size() - 1).sequence();
      readAhead.begin(held.with(held.state().at(cursor)), sink.limits(), budget());
    }
    DeliveryReport report = attempt(Batch.events(entries));
    boolean interrupted = Thread.currentThread().isInterrupted();
    OutboxProgress progress =
        new Batch(entries, report, policy, clock.instant())
            .progress(held.state(), breaker, interrupted, random);
    if (!outbox.advance(held, progress, leaseLength, budget())) {
      lease = null;
      return new Busy();
    }
    lease = held.with(progress.next());
    int skipped = progress.skipped().values().stream().mapToInt(Integer::intValue).sum();
    return new Tried(progress.delivered(), progress.dead().size(), skipped);
  }

  /** A sink that breaks its contract is a sink that failed. */
  private DeliveryReport attempt(List<OutboxEvent> events) {
    Attempt<DeliveryReport> attempt = Attempt.shield(() -> sink.deliver(events));
    Throwable error = attempt.error();
    if (error != null) {
      problems.report(Problem.SINK_FAILED, "sink " + sink.name() + " threw", error);
      return DeliveryReport.all(
          events.size(), DeliveryOutcome.retry("sink threw " + error.getClass().getName()));
    }
    if (attempt.value().outcomes().size() != events.size()) {
      problems.report(
          Problem.SINK_FAILED, "sink " + sink.name() + " did not answer for every event");
      return DeliveryReport.all(
          events.size(), DeliveryOutcome.retry("sink did not answer for every event"));
    }
    return attempt.value();
  }

  private void giveBack(OutboxLease held) throws StoreException {
    lease = null;
    outbox.release(held, budget());
  }

  /** Gives the lease back, if there is one, unless a step does not end in time. */
  void stop(Duration timeout) throws InterruptedException {
    if (!turn.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return; // the lease ends by itself
    }
    try {
      OutboxLease held = lease;
      if (held != null) {
        giveBack(held);
      }
    } catch (StoreException e) {
      problems.report(
          Problem.STORE_UNAVAILABLE, "the lease of " + sink.name() + " ends by itself", e);
    } finally {
      turn.unlock();
    }
  }

  private static Budget budget() {
    return Budget.of(PATIENCE);
  }
}
