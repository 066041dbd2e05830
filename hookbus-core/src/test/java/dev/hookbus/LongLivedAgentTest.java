package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent that goes on for days must hold no more than one that has just begun. */
class LongLivedAgentTest {

  private static final int WARM_UP = 3_000;
  private static final int GUARDS = 12_000;

  /** A leak of the smallest object for each guard would be about as much. */
  private static final long GENEROUS_BYTES = GUARDS * 200L;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"SYNC", "ASYNC"})
  void guards_leaveNothingBehind(Durability durability) {
    try (HookBus bus =
        HookBus.builder()
            .database(directory.resolve("hooks.db"))
            .durability(durability)
            .storeBudget(Duration.ofSeconds(60))
            .build()) {
      run(bus, 0, WARM_UP);
      long heap = heapAfterCollection();
      int threads = threads();
      int files = openFiles();

      run(bus, WARM_UP, GUARDS);

      assertThat(heapAfterCollection() - heap).isLessThan(GENEROUS_BYTES);
      assertThat(threads()).isLessThanOrEqualTo(threads + 1);
      assertThat(openFiles()).isLessThanOrEqualTo(files + 8);
    }
  }

  private static void run(HookBus bus, int first, int guards) {
    Guard guard = bus.guard("agent").event("PostToolUse").build();
    for (int n = first; n < first + guards; n++) {
      long number = n;
      guard.call(n % 4 == 0 ? GuardKey.of("agent", n) : GuardKey.none(), () -> number);
    }
    bus.flush(Duration.ofSeconds(60));
  }

  private static long heapAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("hookbus-"))
            .count();
  }

  /** Where the system tells; elsewhere none. */
  private static int openFiles() {
    String[] files = Path.of("/proc/self/fd").toFile().list();
    return files == null ? 0 : files.length;
  }
}
