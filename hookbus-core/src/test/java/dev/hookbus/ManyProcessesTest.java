package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.metrics.HookStats;
import dev.hookbus.safety.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds between processes that share a database and nothing else. */
class ManyProcessesTest {

  private static final int PROCESSES = 8;
  private static final int KEYS = 2_000;
  private static final GuardKey KEY = GuardKey.of("shared", "work");

  @TempDir Path directory;
  private Path database;
  private final TestClock clock = new TestClock();

  @BeforeEach
  void chooseDatabase() {
    database = directory.resolve("hooks.db");
  }

  private static HookBus open(String database) {
    return HookBus.builder()
        .database(Path.of(database))
        .storeBudget(Duration.ofSeconds(60))
        .build();
  }

  /** Claims every key in an order of its own and prints those whose body it ran. */
  static final class Claimer {
    public static void main(String[] arguments) {
      List<Integer> keys = new ArrayList<>(IntStream.range(0, KEYS).boxed().toList());
      Collections.shuffle(keys, new Random(Long.parseLong(arguments[1])));
      StringBuilder ran = new StringBuilder();
      try (HookBus bus = open(arguments[0])) {
        Guard guard = bus.guard("claimer").failClosed().build();
        for (int key : keys) {
          guard.run(GuardKey.of("shared", key), () -> ran.append(key).append('\n'));
        }
      }
      System.out.print(ran);
    }
  }

  @Test
  void everySharedKey_isRunByExactlyOneProcess() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      children.add(ChildJvm.start(Claimer.class, database.toString(), String.valueOf(i)));
    }
    List<Integer> ran = new ArrayList<>();
    for (ChildJvm child : children) {
      child.finish().lines().map(Integer::valueOf).forEach(ran::add);
    }

    assertThat(ran).hasSize(KEYS).doesNotHaveDuplicates();
    try (HookBus bus = open(database.toString())) {
      HookStats stats = bus.stats(Duration.ofHours(1)).get(0);
      assertThat(stats.successes()).isEqualTo(KEYS);
      assertThat(stats.totalCalls()).isEqualTo((long) PROCESSES * KEYS);
      assertThat(stats.latency().count()).isEqualTo(KEYS);
    }
  }

  /** Holds the key until it is told to complete; then says what became of that. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      try (HookBus bus = open(arguments[0])) {
        Guard guard = bus.guard("holder").lease(Duration.ofMinutes(1)).build();
        try (GuardScope scope = guard.open(KEY)) {
          System.out.println(scope.shouldRun());
          in.readLine();
          scope.complete("the holder's");
        }
        System.out.println(bus.telemetry().problems());
      }
    }
  }

  @Test
  void keyOfAKilledProcess_isTakenOverWhenItsLeaseIsOver() throws Exception {
    try (ChildJvm holder = ChildJvm.start(Holder.class, database.toString());
        HookBus bus = HookBus.builder().database(database).clock(clock).build()) {
      assertThat(holder.readLine()).isEqualTo("true");
      Guard guard = bus.guard("successor").build();

      holder.kill();
      assertThat(guard.call(KEY, () -> "early"))
          .isEqualTo(new GuardResult.Skipped<>(SkipReason.IN_PROGRESS));
      clock.advance(Duration.ofSeconds(61));

      assertThat(guard.call(KEY, () -> "the successor's").executed()).isTrue();
    }
  }

  @Test
  void processThatOutlivesItsLease_cannotOverwriteItsSuccessor() throws Exception {
    try (ChildJvm holder = ChildJvm.start(Holder.class, database.toString());
        HookBus bus = HookBus.builder().database(database).clock(clock).build()) {
      assertThat(holder.readLine()).isEqualTo("true");
      Guard guard = bus.guard("successor").build();
      clock.advance(Duration.ofSeconds(61));
      guard.call(KEY, () -> "the successor's");

      holder.writeLine("go on");
      assertThat(holder.readLine()).contains(Problem.LEASE_LOST.name());

      assertThat(guard.call(KEY, () -> "again").orElse("")).isEqualTo("the successor's");
    }
  }

  /** Takes the database's write lock and keeps it until stdin ends. */
  static final class LockHolder {
    public static void main(String[] arguments) throws Exception {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
          Statement statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        System.out.println("locked");
        System.in.readAllBytes();
      }
    }
  }

  @Test
  void whileAnotherProcessHoldsTheLock_thePolicyDecidesWithinTheBudget() throws Exception {
    try (HookBus bus =
        HookBus.builder().database(database).storeBudget(Duration.ofMillis(30)).build()) {
      bus.guard("warm").build().run(GuardKey.none(), () -> {});
      try (ChildJvm lock = ChildJvm.start(LockHolder.class, database.toString())) {
        assertThat(lock.readLine()).isEqualTo("locked");

        for (int i = 0; i < 20; i++) {
          assertThat(
                  bus.guard("closed").failClosed().build().call(GuardKey.of("k", i), () -> "ran"))
              .isEqualTo(new GuardResult.Skipped<>(SkipReason.STORE_UNAVAILABLE));
        }
        assertThat(bus.guard("open").build().call(KEY, () -> "ran"))
            .isEqualTo(new GuardResult.Executed<>("ran", true));
        assertThat(bus.telemetry().problems()).containsEntry(Problem.STORE_UNAVAILABLE, 21L);
      }
      assertThat(bus.guard("open").build().call(KEY, () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", false));
    }
  }

  @Test
  void freshDatabase_isMadeOnceByManyProcessesAtOnce() throws Exception {
    for (int round = 0; round < 3; round++) {
      Path fresh = directory.resolve("fresh-" + round + ".db");
      List<ChildJvm> children = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        children.add(ChildJvm.start(OneCall.class, fresh.toString(), String.valueOf(i)));
      }
      for (ChildJvm child : children) {
        assertThat(child.finish()).isEqualTo("false {}\n");
      }
    }
  }

  /** Makes one call and prints whether it was degraded, and its problems. */
  static final class OneCall {
    public static void main(String[] arguments) {
      try (HookBus bus = open(arguments[0])) {
        GuardResult<String> result =
            bus.guard("one").build().call(GuardKey.of("one", arguments[1]), () -> "ran");
        boolean degraded =
            result instanceof GuardResult.Executed<String> executed && executed.degraded();
        System.out.println(degraded + " " + bus.telemetry().problems());
      }
    }
  }
}
