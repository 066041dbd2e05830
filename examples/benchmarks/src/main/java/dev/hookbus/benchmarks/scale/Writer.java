package dev.hookbus.benchmarks.scale;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that runs guards with keys, one after the other, and tells how long each took. Every
 * line it reads ends a phase, the end of its input ends it.
 */
final class Writer implements AutoCloseable {

  private static final Duration KEPT = Duration.ofDays(400);

  private final Child child;

  private Writer(Child child) {
    this.child = child;
  }

  /** What one process saw in one phase. */
  record Phase(Timings calls, long refused, String problems) {}

  private static Writer launch(Path database, long pauseMicros, Duration budget)
      throws IOException {
    return new Writer(
        Child.start(
            Writer.class,
            List.of(),
            database.toString(),
            Long.toString(pauseMicros),
            Long.toString(budget.toMillis())));
  }

  /** Ends a phase without waiting for its figures. */
  void mark() throws IOException {
    child.tell("");
  }

  /** The figures of the phase that {@link #mark} ended. */
  Phase read() throws IOException {
    String problems = child.hear();
    long refused = Long.parseLong(child.hear());
    return new Phase(Timings.ofLine(child.hear()), refused, problems);
  }

  /**
   * Starts processes that pause so long between two guards, 0 for none, and returns when all are
   * warm.
   *
   * @param budget how long a guard waits for the store before it is refused
   */
  static List<Writer> start(int processes, Path database, long pauseMicros, Duration budget)
      throws IOException {
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      writers.add(launch(database, pauseMicros, budget));
    }
    for (Writer writer : writers) {
      writer.child.awaitReady();
    }
    return writers;
  }

  /** Ends the phase of all and gives their figures as one. */
  static Phase endPhase(List<Writer> writers) throws IOException {
    for (Writer writer : writers) {
      writer.mark();
    }
    Timings calls = new Timings();
    long refused = 0;
    StringBuilder problems = new StringBuilder();
    for (Writer writer : writers) {
      Phase phase = writer.read();
      calls.addAll(phase.calls);
      refused += phase.refused;
      problems.append(phase.problems);
    }
    return new Phase(calls, refused, problems.toString());
  }

  @Override
  public void close() throws IOException {
    child.close();
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    long pauseNanos = 1_000 * Long.parseLong(arguments[1]);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    AtomicBoolean marked = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              try {
                while (in.readLine() != null) {
                  marked.set(true);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                ended.set(true);
              }
            });
    reader.setDaemon(true);
    reader.start();
    try (HookBus bus = bus(arguments)) {
      run(bus, pauseNanos, marked, ended);
    }
  }

  private static HookBus bus(String[] arguments) {
    return HookBus.builder()
        .database(Path.of(arguments[0]))
        .storeBudget(Duration.ofMillis(Long.parseLong(arguments[2])))
        .retention(KEPT) // what is to go is the report's business
        .build();
  }

  private static void run(HookBus bus, long pauseNanos, AtomicBoolean marked, AtomicBoolean ended) {
    Guard guard = bus.guard("writer").event("PostToolUse").tool("Edit").failClosed().build();
    long number = 0;
    long process = ProcessHandle.current().pid();
    for (int i = 0; i < 2_000; i++) {
      guard.call(GuardKey.of("warm", process, number++), () -> 1L);
    }
    System.out.println(Child.READY);
    Timings calls = new Timings();
    long refused = 0;
    while (!ended.get()) {
      long start = System.nanoTime();
      if (!guard.call(GuardKey.of("writer", process, number++), () -> 1L).executed()) {
        refused++;
      }
      calls.add(System.nanoTime() - start);
      if (marked.compareAndSet(true, false)) {
        System.out.println(bus.telemetry().problems());
        System.out.println(refused);
        System.out.println(calls.asLine());
        calls = new Timings();
        refused = 0;
      }
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
    }
  }
}
