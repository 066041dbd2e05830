package dev.hookbus;

import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Store;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that old rows go without anybody asking: an agent that lives long cleans up every
 * minute on a thread of its own, and of the processes that live for one call a few clean up a
 * little when their work is done.
 */
final class CleanupSchedule implements AutoCloseable, Attempt.Action {

  /** A process that has recorded so many calls is no one-shot hook. */
  private static final int CALLS_OF_AN_AGENT = 100;

  private static final int ONE_SHOTS_PER_CLEANUP = 64;
  private static final Duration ONE_SHOT_LIMIT = Duration.ofMillis(50);
  private static final Duration AGENT_LIMIT = Duration.ofSeconds(30);
  private static final long AGENT_PERIOD_SECONDS = 60;

  private final Store store;
  private final Duration retention;
  private final Problems problems;
  private final AtomicInteger calls = new AtomicInteger();
  private @Nullable ScheduledExecutorService schedule;

  CleanupSchedule(Store store, Duration retention, Problems problems) {
    this.store = store;
    this.retention = retention;
    this.problems = problems;
  }

  /** Told after every record. */
  @Override
  public void run() {
    if (calls.get() < CALLS_OF_AN_AGENT && calls.incrementAndGet() == CALLS_OF_AN_AGENT) {
      startSchedule();
    }
  }

  @Override
  public synchronized void close() {
    if (schedule != null) {
      schedule.shutdownNow();
    } else if (calls.get() > 0 && ThreadLocalRandom.current().nextInt(ONE_SHOTS_PER_CLEANUP) == 0) {
      cleanUp(ONE_SHOT_LIMIT);
    }
  }

  private synchronized void startSchedule() {
    schedule =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "hookbus-cleanup");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        schedule.scheduleWithFixedDelay(
            () -> cleanUp(AGENT_LIMIT),
            AGENT_PERIOD_SECONDS,
            AGENT_PERIOD_SECONDS,
            TimeUnit.SECONDS);
  }

  private void cleanUp(Duration limit) {
    Throwable failure = Attempt.run(() -> store.admin().cleanup(retention, limit));
    if (failure != null) {
      problems.report(Problem.MAINTENANCE_FAILED, "a clean-up failed", failure);
    }
  }
}
