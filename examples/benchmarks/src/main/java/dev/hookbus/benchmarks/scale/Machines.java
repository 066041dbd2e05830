package dev.hookbus.benchmarks.scale;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardScope;
import dev.hookbus.HookBus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that plays many machines: each a bus of its own with a home and a connection of its
 * own, making guarded calls with new keys one after the other. It does what it is told line by
 * line: {@code grow N}, {@code run PAUSE_MILLIS MILLIS}.
 */
final class Machines implements AutoCloseable {

  private final Child child;

  private Machines(Child child) {
    this.child = child;
  }

  /** What machines saw in one phase. */
  record Phase(Timings claims, Timings records, long refused, String problems) {}

  static Machines start(String url, Path home) throws IOException {
    return new Machines(
        Child.start(
            Machines.class, List.of("-XX:TieredStopAtLevel=1", "-Xss256k"), url, home.toString()));
  }

  /** Begins what {@link #await} or {@link #read} ends. */
  void tell(String line) throws IOException {
    child.tell(line);
  }

  void await() throws IOException {
    child.awaitReady();
  }

  Phase read() throws IOException {
    String problems = child.hear();
    long refused = Long.parseLong(child.hear());
    return new Phase(Timings.ofLine(child.hear()), Timings.ofLine(child.hear()), refused, problems);
  }

  /** Tells all of them the same and gives their figures as one. */
  static Phase run(List<Machines> all, Duration pause, Duration time) throws IOException {
    for (Machines each : all) {
      each.tell("run " + pause.toMillis() + " " + time.toMillis());
    }
    Timings claims = new Timings();
    Timings records = new Timings();
    long refused = 0;
    StringBuilder problems = new StringBuilder();
    for (Machines each : all) {
      Phase phase = each.read();
      claims.addAll(phase.claims);
      records.addAll(phase.records);
      refused += phase.refused;
      problems.append(phase.problems);
    }
    return new Phase(claims, records, refused, problems.toString());
  }

  @Override
  public void close() throws IOException {
    child.close();
  }

  /** One machine. */
  private static final class Machine {
    private final HookBus bus;
    private final Guard guard;
    private Timings claims = new Timings();
    private Timings records = new Timings();
    private long refused;

    Machine(String url, Path home) {
      bus =
          HookBus.builder()
              .database(home.resolve("hookbus.db"))
              .storeUrl(url)
              .storeBudget(Duration.ofSeconds(30))
              .build();
      guard = bus.guard("fleet").event("PostToolUse").tool("Edit").failClosed().build();
      call();
    }

    void run(long pauseNanos, long nanos) {
      claims = new Timings();
      records = new Timings();
      refused = 0;
      long end = System.nanoTime() + nanos;
      long next = System.nanoTime() + (pauseNanos == 0 ? 0 : random().nextLong(pauseNanos));
      while (next - end < 0) {
        LockSupport.parkNanos(next - System.nanoTime());
        if (next - System.nanoTime() > 0) {
          continue; // woken early
        }
        call();
        next = pauseNanos == 0 ? System.nanoTime() : next + pauseNanos;
      }
    }

    private void call() {
      GuardKey key = GuardKey.of("tool_track", random().nextLong(), random().nextLong());
      long start = System.nanoTime();
      long claimed;
      try (GuardScope scope = guard.open(key)) {
        claimed = System.nanoTime();
        if (scope.shouldRun()) {
          scope.complete();
        } else {
          refused++;
        }
      }
      claims.add(claimed - start);
      records.add(System.nanoTime() - claimed);
    }

    private static ThreadLocalRandom random() {
      return ThreadLocalRandom.current();
    }
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Machine> machines = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      long first = Long.parseLong(words[1]);
      if ("grow".equals(words[0])) {
        while (machines.size() < first) {
          Path home = Path.of(arguments[1], "machine-" + machines.size());
          machines.add(new Machine(arguments[0], home));
        }
        System.out.println(Child.READY);
      } else {
        run(machines, first * 1_000_000, Long.parseLong(words[2]) * 1_000_000);
      }
    }
    for (Machine machine : machines) {
      machine.bus.close();
    }
  }

  private static void run(List<Machine> machines, long pauseNanos, long nanos)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Machine machine : machines) {
      Thread thread = new Thread(() -> machine.run(pauseNanos, nanos));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Timings claims = new Timings();
    Timings records = new Timings();
    long refused = 0;
    StringBuilder problems = new StringBuilder();
    for (Machine machine : machines) {
      claims.addAll(machine.claims);
      records.addAll(machine.records);
      refused += machine.refused;
      if (!machine.bus.telemetry().problems().isEmpty()) {
        problems.append(machine.bus.telemetry().problems());
      }
    }
    System.out.println(problems);
    System.out.println(refused);
    System.out.println(claims.asLine());
    System.out.println(records.asLine());
  }
}
