package dev.hookbus.store;

import java.util.concurrent.TimeUnit;

/** Lets calls fail at once for a second after a failed open, instead of paying for another try. */
record OpenFailure(StoreException failure, long failedAt) {

  private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

  static OpenFailure now(StoreException failure) {
    return new OpenFailure(failure, System.nanoTime());
  }

  void throwIfRecent() throws StoreException {
    if (System.nanoTime() - failedAt < MEMORY_NANOS) {
      throw failure;
    }
  }
}
