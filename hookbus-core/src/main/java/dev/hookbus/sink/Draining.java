package dev.hookbus.sink;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The machine's drainer at work: round after round, until nothing is left that it could do. */
final class Draining {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Holds the drainer's right while it is known that receivers are away. */
  private static final long NOBODY = 0;

  private final Outbox outbox;
  private final long holder;
  private final Duration idle;
  private final Duration patience;
  private final long sinkLeaseNanos;
  private final InstantSource clock;

  /**
   * Prepares a drainer; see {@link Dispatcher#drain}.
   *
   * @param sinkLease how long a process that died keeps its sinks
   */
  Draining(
      Outbox outbox,
      long holder,
      Duration idle,
      Duration patience,
      Duration sinkLease,
      InstantSource clock) {
    this.outbox = outbox;
    this.holder = holder;
    this.idle = idle;
    this.patience = patience;
    this.sinkLeaseNanos = sinkLease.plus(ROUND).toNanos();
    this.clock = clock;
  }

  /**
   * Works to the end.
   *
   * @param round delivers to all sinks for so long at the most
   */
  DrainOutcome run(Function<Duration, List<SinkFlush>> round, BooleanSupplier closed)
      throws StoreException {
    outbox.releaseDrainer(NOBODY, budget()); // who drains by hand does not wait
    long idleSince = System.nanoTime();
    long aloneSince = System.nanoTime();
    while (!closed.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      if (!outbox.leaseDrainer(holder, LEASE, budget())) {
        return DrainOutcome.BUSY;
      }
      List<SinkFlush> flushes = round.apply(ROUND);
      boolean busy = flushes.stream().anyMatch(SinkFlush::busy);
      if (!busy) {
        aloneSince = System.nanoTime();
      }
      if (flushes.stream().anyMatch(SinkFlush::settledAny)) {
        idleSince = System.nanoTime();
        continue;
      }
      if (busy && System.nanoTime() - aloneSince < sinkLeaseNanos) {
        continue; // its holder is at work, or dead and not yet overdue
      }
      if (busy) {
        return end(DrainOutcome.BUSY);
      }
      Instant next = nextAttempt(flushes);
      if (next != null && Duration.between(clock.instant(), next).compareTo(patience) > 0) {
        return pauseUntil(next);
      }
      if (next == null && System.nanoTime() - idleSince >= idle.toNanos()) {
        return end(DrainOutcome.IDLE);
      }
      LockSupport.parkNanos(this, PARK_NANOS);
    }
    return end(DrainOutcome.CLOSED);
  }

  private DrainOutcome end(DrainOutcome outcome) throws StoreException {
    outbox.releaseDrainer(holder, budget());
    return outcome;
  }

  /** Until then no hook needs to start another drainer. */
  private DrainOutcome pauseUntil(Instant next) throws StoreException {
    outbox.releaseDrainer(holder, budget());
    outbox.leaseDrainer(NOBODY, Duration.between(clock.instant(), next), budget());
    return DrainOutcome.WAITING;
  }

  private static @Nullable Instant nextAttempt(List<SinkFlush> flushes) {
    Instant next = null;
    for (SinkFlush flush : flushes) {
      Instant due = flush.waitsUntil();
      if (due != null && (next == null || due.isBefore(next))) {
        next = due;
      }
    }
    return next;
  }

  private static Budget budget() {
    return Budget.of(PATIENCE);
  }
}
