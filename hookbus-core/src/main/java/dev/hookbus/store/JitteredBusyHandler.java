package dev.hookbus.store;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;

/**
 * Waits for another writer in short, random steps up to a deadline. SQLite's own handler sleeps in
 * ever longer fixed steps, which starves whoever came late.
 */
final class JitteredBusyHandler extends BusyHandler {

  private static final long SHORTEST_NANOS = 100_000;
  private static final long LONGEST_NANOS = 500_000;

  private volatile long deadline = System.nanoTime();

  void waitUntil(long nanoTime) {
    deadline = nanoTime;
  }

  @Override
  protected int callback(int previousCalls) {
    if (System.nanoTime() - deadline >= 0) {
      return 0;
    }
    LockSupport.parkNanos(
        this, ThreadLocalRandom.current().nextLong(SHORTEST_NANOS, LONGEST_NANOS));
    return 1;
  }
}
