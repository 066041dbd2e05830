package dev.hookbus.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Whether a writer records again once the fault is over. */
final class Recovery {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Recovery() {}

  /** Writes until a call is on record; false if none is for a minute. */
  static boolean isReached(Child writer, String prefix) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (int i = 0; System.nanoTime() - deadline < 0; i++) {
      if (new Waits().hear(writer.ask("write " + prefix + "x" + i + " 1")) == 0) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }
}
