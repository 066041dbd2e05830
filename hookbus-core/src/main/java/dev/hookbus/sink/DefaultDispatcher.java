package dev.hookbus.sink;

import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Budget;
import dev.hookbus.store.DeliveryState;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxLimits;
import dev.hookbus.store.OutboxStatus;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Gives each sink a thread of its own, so that none waits for another. */
final class DefaultDispatcher implements Dispatcher {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(1);
  private static final long TRIM_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Outbox outbox;
  private final List<SinkRunner> runners;
  private final OutboxLimits limits;
  private final long pollNanos;
  private final Duration lease;
  private final InstantSource clock;
  private final Problems problems;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private final AtomicLong nextTrim = new AtomicLong(System.nanoTime());
  private volatile List<Thread> background = List.of();
  private volatile boolean registered;
  private volatile boolean closed;

  DefaultDispatcher(
      Outbox outbox,
      List<SinkRunner> runners,
      OutboxLimits limits,
      Duration pollInterval,
      Duration lease,
      InstantSource clock,
      Problems problems) {
    this.outbox = outbox;
    this.runners = runners;
    this.limits = limits;
    this.pollNanos = pollInterval.toNanos();
    this.lease = lease;
    this.clock = clock;
    this.problems = problems;
  }

  @Override
  public void start() {
    lifecycle.lock();
    try {
      if (closed || !background.isEmpty()) {
        return;
      }
      background =
          runners.stream().map(runner -> thread(runner, () -> deliverForEver(runner))).toList();
      background.forEach(Thread::start);
    } finally {
      lifecycle.unlock();
    }
  }

  private static Thread thread(SinkRunner runner, Runnable work) {
    Thread thread = new Thread(work, "hookbus-sink-" + runner.sink().name());
    thread.setDaemon(true);
    return thread;
  }

  private void deliverForEver(SinkRunner runner) {
    while (!closed) {
      if (!prepare() || !(runner.step() instanceof SinkRunner.Tried)) {
        LockSupport.parkNanos(this, pollNanos);
      }
    }
  }

  @Override
  public void wake() {
    background.forEach(LockSupport::unpark);
  }

  @Override
  public FlushReport flush(Duration timeout) {
    List<SinkFlush> flushes = round(timeout);
    return new FlushReport(
        flushes.stream().mapToLong(SinkFlush::delivered).sum(),
        backlog(),
        flushes.stream().mapToLong(SinkFlush::dead).sum(),
        flushes.stream().mapToLong(SinkFlush::skipped).sum());
  }

  /** Delivers to all sinks side by side until nothing is left to do or the time is over. */
  private List<SinkFlush> round(Duration timeout) {
    if (closed || !prepare()) {
      return List.of();
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    List<SinkFlush> flushes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (SinkRunner runner : runners) {
      SinkFlush flush = new SinkFlush(runner, clock, deadline);
      flushes.add(flush);
      threads.add(thread(runner, flush));
    }
    threads.forEach(Thread::start);
    try {
      joinAll(threads, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.forEach(Thread::interrupt); // a request under way ends early, and counts as nothing
    joinBriefly(threads);
    return flushes;
  }

  private static void joinAll(List<Thread> threads, long deadline) throws InterruptedException {
    for (Thread thread : threads) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      thread.join(Math.max(1, left));
    }
  }

  private static void joinBriefly(List<Thread> threads) {
    try {
      joinAll(threads, System.nanoTime() + STOP_PATIENCE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public DrainOutcome drain(long holder, Duration idle, Duration patience) {
    try {
      return new Draining(outbox, holder, idle, patience, lease, clock)
          .run(this::round, () -> closed);
    } catch (StoreException e) {
      problems.report(Problem.STORE_UNAVAILABLE, "the drainer ends", e);
      return DrainOutcome.STORE_UNAVAILABLE;
    }
  }

  /** Makes the sinks known and keeps the outbox within its limits; false without a store. */
  private boolean prepare() {
    try {
      if (!registered) {
        outbox.register(runners.stream().map(r -> r.sink().name()).toList(), budget());
        registered = true;
      }
      long now = System.nanoTime();
      long due = nextTrim.get();
      if (now - due >= 0 && nextTrim.compareAndSet(due, now + TRIM_INTERVAL_NANOS)) {
        long dropped = outbox.trim(limits, budget());
        if (dropped > 0) {
          problems.report(
              Problem.EVENTS_DROPPED,
              "the outbox is too large or too old; " + dropped + " events were dropped");
        }
      }
      return true;
    } catch (StoreException e) {
      problems.report(Problem.STORE_UNAVAILABLE, "delivery waits for the store", e);
      return false;
    }
  }

  private long backlog() {
    try {
      return outbox.status(budget()).stream()
          .filter(status -> runners.stream().anyMatch(r -> r.sink().name().equals(status.sink())))
          .mapToLong(OutboxStatus::backlog)
          .sum();
    } catch (StoreException e) {
      problems.report(Problem.STORE_UNAVAILABLE, "what is left cannot be counted", e);
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void pause(String sink) throws StoreException {
    outbox.pause(sink, true, budget());
  }

  @Override
  public void resume(String sink) throws StoreException {
    outbox.pause(sink, false, budget());
    wake();
  }

  @Override
  public List<SinkStatus> status() throws StoreException {
    Instant now = clock.instant();
    return outbox.status(budget()).stream().map(status -> describe(status, now)).toList();
  }

  private static SinkStatus describe(OutboxStatus status, Instant now) {
    DeliveryState state = status.state();
    Instant oldest = status.oldest();
    return new SinkStatus(
        status.sink(),
        status.backlog(),
        oldest == null ? null : Duration.between(oldest, now),
        status.delivered(),
        status.rate(),
        status.deadLetters(),
        status.dropped(),
        status.lastSuccess(),
        status.lastFailure(),
        state.lastError(),
        state.attempts(),
        state.attempts() == 0 ? null : state.nextAttempt(),
        CircuitBreaker.parse(state.breaker()).at(now),
        status.paused(),
        status.leased());
  }

  @Override
  public void close() {
    lifecycle.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lifecycle.unlock();
    }
    background.forEach(Thread::interrupt);
    joinBriefly(background);
    for (SinkRunner runner : runners) {
      stop(runner);
    }
  }

  private void stop(SinkRunner runner) {
    Attempt<Boolean> stopped =
        Attempt.shield(
            () -> {
              try {
                runner.stop(STOP_PATIENCE);
              } finally {
                runner.sink().close();
              }
              return true;
            });
    Throwable error = stopped.error();
    if (error != null) {
      problems.report(
          Problem.SINK_FAILED, "sink " + runner.sink().name() + " did not close", error);
    }
  }

  private static Budget budget() {
    return Budget.of(PATIENCE);
  }
}
