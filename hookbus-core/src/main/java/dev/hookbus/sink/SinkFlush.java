package dev.hookbus.sink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to one sink until there is nothing to do in time. Its thread adds to the counts, others
 * may read them meanwhile.
 */
final class SinkFlush implements Runnable {
  private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final SinkRunner runner;
  private final InstantSource clock;
  private final long deadlineNanos;
  private volatile long delivered;
  private volatile long dead;
  private volatile long skipped;
  private volatile @Nullable Instant waitsUntil;
  private volatile boolean busy;

  /**
   * Prepares a flush.
   *
   * @param deadlineNanos when to stop, a {@code nanoTime}
   */
  SinkFlush(SinkRunner runner, InstantSource clock, long deadlineNanos) {
    this.runner = runner;
    this.clock = clock;
    this.deadlineNanos = deadlineNanos;
  }

  long delivered() {
    return delivered;
  }

  long dead() {
    return dead;
  }

  long skipped() {
    return skipped;
  }

  /** Whether anything came to its end: delivered, dead or skipped. */
  boolean settledAny() {
    return delivered + dead + skipped > 0;
  }

  /** When the receiver may be tried again; null where it did not have to be waited for. */
  @Nullable Instant waitsUntil() {
    return waitsUntil;
  }

  /** Whether another process had the lease to the end. */
  boolean busy() {
    return busy;
  }

  @Override
  public void run() {
    boolean more = true;
    while (more && leftNanos() > 0 && !Thread.currentThread().isInterrupted()) {
      more = advance(runner.step());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private boolean advance(SinkRunner.Step step) {
    busy = step instanceof SinkRunner.Busy;
    if (step instanceof SinkRunner.Tried tried) {
      delivered += tried.delivered();
      dead += tried.dead();
      skipped += tried.skipped();
      return true;
    }
    if (step instanceof SinkRunner.Waiting waiting) {
      return waitFor(waiting.until());
    }
    if (busy) {
      LockSupport.parkNanos(this, Math.min(BUSY_NANOS, leftNanos()));
      return true;
    }
    return false;
  }

  /** Waits for the receiver where there is time for it. */
  private boolean waitFor(Instant until) {
    long nanos = Duration.between(clock.instant(), until).toNanos();
    if (nanos > leftNanos()) {
      waitsUntil = until;
      return false;
    }
    LockSupport.parkNanos(this, nanos);
    return true;
  }

  private long leftNanos() {
    return deadlineNanos - System.nanoTime();
  }
}
