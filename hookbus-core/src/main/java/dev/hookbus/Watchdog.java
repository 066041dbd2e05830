package dev.hookbus;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Interrupts threads whose body takes too long. Its one thread starts with the first timeout. */
final class Watchdog implements AutoCloseable {

  private @Nullable ScheduledThreadPoolExecutor timer;

  /** Starts a watch over the calling thread. */
  Watch over(Duration timeout) {
    Watch watch = new Watch(Thread.currentThread());
    watch.bite = timer().schedule(watch::bite, timeout.toNanos(), TimeUnit.NANOSECONDS);
    return watch;
  }

  private synchronized ScheduledThreadPoolExecutor timer() {
    if (timer == null) {
      timer =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, "hookbus-timeout");
                thread.setDaemon(true);
                return thread;
              });
      timer.setRemoveOnCancelPolicy(true);
    }
    return timer;
  }

  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }

  /** A watch over one body. */
  static final class Watch {

    private enum State {
      RUNNING,
      BITING,
      BITTEN,
      STOPPED
    }

    private final Thread thread;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private volatile @Nullable ScheduledFuture<?> bite;

    private Watch(Thread thread) {
      this.thread = thread;
    }

    /**
     * Ends the watch, on the watched thread. The interrupt, if there was one, is taken back: it was
     * meant for the body, and the caller has work to do.
     *
     * @return whether the body was interrupted
     */
    boolean stop() {
      if (state.compareAndSet(State.RUNNING, State.STOPPED)) {
        ScheduledFuture<?> pending = bite;
        if (pending != null) {
          pending.cancel(false);
        }
        return false;
      }
      if (state.get() == State.STOPPED) {
        return false;
      }
      while (state.get() != State.BITTEN) {
        Thread.onSpinWait();
      }
      boolean ignored = Thread.interrupted();
      state.set(State.STOPPED);
      return true;
    }

    private void bite() {
      if (state.compareAndSet(State.RUNNING, State.BITING)) {
        thread.interrupt();
        state.set(State.BITTEN);
      }
    }
  }
}
