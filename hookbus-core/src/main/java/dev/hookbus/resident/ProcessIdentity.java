package dev.hookbus.resident;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of this user, told from a later one that has got the same number.
 *
 * @param pid its number
 * @param startTicks when it was started, as the kernel counts
 */
record ProcessIdentity(long pid, long startTicks) {

  private static final Path PROCESSES = Path.of("/proc");

  /** Words after the program's name in the line that the kernel shows of a process. */
  private static final int STATE = 0;

  private static final int THREADS = 17;
  private static final int START = 19;

  private static final long LOOKS_MILLIS = 20;

  /** The process with a number; {@code null} if there is none, or it is another user's. */
  static @Nullable ProcessIdentity of(long pid) {
    Path process = PROCESSES.resolve(Long.toString(pid));
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      // The program's name, in parentheses, can hold anything.
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      // Its first thread may be over before those that still hold its files.
      boolean isOver = "ZX".contains(words[STATE]) && Integer.parseInt(words[THREADS]) <= 1;
      return isOver || !Files.getOwner(process).equals(Files.getOwner(PROCESSES.resolve("self")))
          ? null
          : new ProcessIdentity(pid, Long.parseLong(words[START]));
    } catch (IOException gone) {
      return null;
    }
  }

  static ProcessIdentity ofThis() {
    long pid = ProcessHandle.current().pid();
    ProcessIdentity identity = of(pid);
    // Without /proc nobody is told from anybody.
    return identity == null ? new ProcessIdentity(pid, 0) : identity;
  }

  boolean isAlive() {
    return equals(of(pid));
  }

  /**
   * Asks it to end, and kills it if it has not in time.
   *
   * @return whether it is gone
   */
  boolean end(Duration afterAsking, Duration afterKilling) {
    // The handle knows when its process was started, and leaves a later one alone.
    ProcessHandle handle = ProcessHandle.of(pid).orElse(null);
    if (handle == null || !isAlive()) {
      return true;
    }
    handle.destroy();
    if (isGoneWithin(afterAsking)) {
      return true;
    }
    handle.destroyForcibly();
    return isGoneWithin(afterKilling);
  }

  private boolean isGoneWithin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (isAlive()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
