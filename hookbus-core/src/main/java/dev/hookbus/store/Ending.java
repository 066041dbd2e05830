package dev.hookbus.store;

import java.time.Duration;

/** Waits for threads that were told to end. */
final class Ending {

  private static final long STEP_MILLIS = 100;

  private Ending() {}

  /** Waits for a thread's end, an interrupt notwithstanding: it must not cost what is unwritten. */
  static void await(Thread thread, Duration patience) {
    boolean interrupted = false;
    long end = System.nanoTime() + patience.toNanos();
    while (thread.isAlive() && System.nanoTime() - end < 0) {
      try {
        thread.join(STEP_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
