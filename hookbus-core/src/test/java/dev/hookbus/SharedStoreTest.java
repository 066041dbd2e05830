package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.config.DeliveryMode;
import dev.hookbus.config.HookBusConfigException;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.safety.Problem;
import dev.hookbus.sink.RecordingSink;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Machines that share a PostgreSQL server and nothing else, and a network between them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SharedStoreTest {

  private static final Duration GENEROUS = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final GuardKey KEY = GuardKey.of("shared", "work");
  private static final int KEYS = 300;

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private PostgresServer server;
  private Relay relay;

  @BeforeEach
  void start() throws Exception {
    server = PostgresServer.schema();
    relay = new Relay(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      relay.close();
      server.close();
    }
  }

  /** The URL by way of the relay; without the budget's limits nothing there would ever end. */
  private String relayedUrl() {
    return server.urlVia(relay.port()) + "&connectTimeout=0&socketTimeout=0";
  }

  private HookBusBuilder machine(String name) {
    return HookBus.builder().database(directory.resolve(name).resolve("hookbus.db"));
  }

  private HookBus behindRelay(Duration budget) {
    return machine("relayed").storeUrl(relayedUrl()).storeBudget(budget).build();
  }

  private static HookBus onMachine(String url, String home) {
    return HookBus.builder()
        .database(Path.of(home, "hookbus.db"))
        .storeUrl(url)
        .storeBudget(GENEROUS)
        .build();
  }

  private long serverRows() throws SQLException {
    return server.number("SELECT count(*) FROM hook_logs");
  }

  private long waiting(String machine) throws SQLException {
    Path file = directory.resolve(machine).resolve("hookbus.db");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      boolean made = number(statement, "FROM sqlite_schema WHERE name = 'waiting_records'") == 1;
      return made ? number(statement, "FROM waiting_records") : 0;
    }
  }

  private static long number(Statement statement, String what) throws SQLException {
    try (var rows = statement.executeQuery("SELECT count(*) " + what)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  /** A guard of a bus that has reached its server. */
  private Guard connected(HookBus bus) throws Exception {
    Guard guard = bus.guard("h").build();
    int[] tries = {0};
    await(
        () ->
            guard.call(GuardKey.of("hello", tries[0]++), () -> "ran")
                    instanceof GuardResult.Executed<String> executed
                && !executed.degraded());
    await(() -> waiting("relayed") == 0);
    return guard;
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + GENEROUS.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Claims every key in an order of its own and prints those whose body it ran. */
  static final class Claimer {
    public static void main(String[] arguments) {
      List<Integer> keys = new ArrayList<>(IntStream.range(0, KEYS).boxed().toList());
      Collections.shuffle(keys, new Random(Long.parseLong(arguments[2])));
      StringBuilder ran = new StringBuilder();
      try (HookBus bus = onMachine(arguments[0], arguments[1])) {
        Guard guard = bus.guard("claimer").failClosed().build();
        for (int key : keys) {
          guard.run(GuardKey.of("shared", key), () -> ran.append(key).append('\n'));
        }
      }
      System.out.print(ran);
    }
  }

  @Test
  void machines_runEveryKeyOnceAndSeeTheSamePercentiles() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String home = directory.resolve("machine-" + i).toString();
      children.add(ChildJvm.start(Claimer.class, server.url(), home, String.valueOf(i)));
    }
    List<Integer> ran = new ArrayList<>();
    for (ChildJvm child : children) {
      child.finish().lines().map(Integer::valueOf).forEach(ran::add);
    }

    assertThat(ran).hasSize(KEYS).doesNotHaveDuplicates();
    for (String machine : List.of("one", "other")) {
      try (HookBus bus = machine(machine).storeUrl(server.url()).storeBudget(GENEROUS).build()) {
        HookStats stats = bus.stats(Duration.ofHours(1)).get(0);
        assertThat(stats.successes()).isEqualTo(KEYS);
        assertThat(stats.totalCalls()).isEqualTo(2L * KEYS);
        assertThat(stats.latency().count()).isEqualTo(KEYS);
      }
    }
    assertThat(directory.resolve("machine-0").resolve("hookbus.db")).doesNotExist();
  }

  /** Holds the key until it is told to complete; then says what became of that. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      try (HookBus bus = onMachine(arguments[0], arguments[1])) {
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
  void keyOfAMachineThatDied_isTakenOverWhenItsLeaseIsOver() throws Exception {
    String home = directory.resolve("dying").toString();
    try (ChildJvm holder = ChildJvm.start(Holder.class, server.url(), home);
        HookBus bus =
            machine("heir").storeUrl(server.url()).storeBudget(GENEROUS).clock(clock).build()) {
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
  void machineThatOutlivesItsLease_cannotOverwriteItsSuccessor() throws Exception {
    String home = directory.resolve("slow").toString();
    try (ChildJvm holder = ChildJvm.start(Holder.class, server.url(), home);
        HookBus bus =
            machine("heir").storeUrl(server.url()).storeBudget(GENEROUS).clock(clock).build()) {
      assertThat(holder.readLine()).isEqualTo("true");
      Guard guard = bus.guard("successor").build();
      clock.advance(Duration.ofSeconds(61));
      guard.call(KEY, () -> "the successor's");

      holder.writeLine("go on");
      assertThat(holder.readLine()).contains(Problem.LEASE_LOST.name());

      assertThat(guard.call(KEY, () -> "again").orElse("")).isEqualTo("the successor's");
    }
  }

  @Test
  void whileTheServerIsAway_policyDecides_andRecordsArriveOnceWhenItIsBack() throws Exception {
    try (HookBus bus = behindRelay(GENEROUS)) {
      Guard open = bus.guard("open").build();
      Guard closed = bus.guard("closed").failClosed().build();
      open.run(GuardKey.of("before"), () -> {});
      relay.cut();

      for (int i = 0; i < 5; i++) {
        assertThat(open.call(GuardKey.of("k", i), () -> "ran"))
            .isEqualTo(new GuardResult.Executed<>("ran", true));
        assertThat(closed.call(GuardKey.of("k", i), () -> "ran"))
            .isEqualTo(new GuardResult.Skipped<>(SkipReason.STORE_UNAVAILABLE));
      }
      assertThat(waiting("relayed")).isEqualTo(10);
      assertThat(bus.telemetry().problems())
          .containsKey(Problem.STORE_UNAVAILABLE)
          .doesNotContainKey(Problem.RECORD_LOST);

      relay.heal();
      await(() -> waiting("relayed") == 0);
      assertThat(open.call(GuardKey.of("after"), () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", false));
    }
    assertThat(server.number("SELECT count(DISTINCT record_id) FROM hook_logs"))
        .isEqualTo(serverRows())
        .isEqualTo(12);
    assertThat(server.number("SELECT count(*) FROM hook_logs WHERE hook_name = 'closed'"))
        .isEqualTo(5);
  }

  @Test
  void blackHole_costsACallItsBudgetAndNoMore() throws Exception {
    relay.swallow();
    try (HookBus bus = behindRelay(SHORT)) {
      assertThat(bus.guard("open").build().call(KEY, () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", true));
      assertThat(waiting("relayed")).isEqualTo(1);
    }
    relay.heal();
    try (HookBus bus = behindRelay(Duration.ofSeconds(1))) {
      Guard guard = connected(bus);
      relay.swallow();
      assertThat(guard.call(GuardKey.of("after"), () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", true));
    }
  }

  @Test
  void poolOfConnections_survivesABlackHoleToo() throws Exception {
    relay.swallow();
    try (HookBus bus =
        machine("pooled").storeUrl(relayedUrl()).storeBudget(SHORT).poolSize(3).build()) {
      assertThat(bus.guard("open").build().call(KEY, () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", true));
      assertThat(waiting("pooled")).isEqualTo(1);
    }
  }

  @Test
  void answerThatGotLost_doesNotRecordOrRunTwice() throws Exception {
    try (HookBus bus = behindRelay(Duration.ofSeconds(3))) {
      Guard guard = connected(bus);
      long before = serverRows();
      guard.call(
          KEY,
          () -> {
            relay.loseAnswers();
            return "done";
          });
      assertThat(waiting("relayed")).isEqualTo(1);
      await(() -> serverRows() == before + 1);

      relay.heal();
      await(() -> waiting("relayed") == 0);
      assertThat(serverRows()).isEqualTo(before + 1);
    }
    try (HookBus bus = machine("other").storeUrl(server.url()).storeBudget(GENEROUS).build()) {
      assertThat(bus.guard("h").build().call(KEY, () -> "again").orElse("")).isEqualTo("done");
    }
  }

  @Test
  void workDoneWhileTheServerWentAway_staysDone() throws Exception {
    try (HookBus bus = behindRelay(GENEROUS)) {
      bus.guard("h")
          .build()
          .call(
              KEY,
              () -> {
                relay.cut();
                return "done";
              });
      assertThat(waiting("relayed")).isEqualTo(1);
      relay.heal();
      await(() -> waiting("relayed") == 0);

      assertThat(bus.guard("h").build().call(KEY, () -> "again").orElse("")).isEqualTo("done");
    }
  }

  @Test
  void recordsLeftByAnEarlierProcess_areForwardedByTheNext() throws Exception {
    relay.cut();
    try (HookBus bus = behindRelay(SHORT)) {
      bus.guard("h").build().run(KEY, () -> {});
    }
    assertThat(waiting("relayed")).isEqualTo(1);
    relay.heal();

    try (HookBus bus = behindRelay(GENEROUS)) {
      bus.guard("h").build().run(GuardKey.none(), () -> {});
      await(() -> waiting("relayed") == 0);
    }

    assertThat(serverRows()).isEqualTo(2);
  }

  @Test
  void events_areDeliveredWhetherTheServerIsThereOrNot() throws Exception {
    RecordingSink sink = new RecordingSink("recording");
    try (HookBus bus =
        machine("relayed")
            .storeUrl(relayedUrl())
            .storeBudget(GENEROUS)
            .sink(sink)
            .delivery(DeliveryMode.BACKGROUND)
            .build()) {
      Guard guard = bus.guard("h").build();
      guard.run(GuardKey.of("there"), () -> {});
      relay.cut();
      guard.run(GuardKey.of("away"), () -> {});
      await(() -> sink.received().size() == 2);
      relay.heal();
      await(() -> waiting("relayed") == 0);
    }
    assertThat(serverRows()).isEqualTo(2);
  }

  @Test
  void asynchronousRecords_areKeptAndForwardedToo() throws Exception {
    try (HookBus bus =
        machine("relayed")
            .storeUrl(relayedUrl())
            .storeBudget(GENEROUS)
            .durability(dev.hookbus.store.Durability.ASYNC)
            .build()) {
      Guard guard = bus.guard("h").build();
      guard.run(GuardKey.of("makes the tables"), () -> {});
      await(() -> serverRows() == 1);
      relay.cut();
      for (int i = 0; i < 100; i++) {
        guard.run(GuardKey.none(), () -> {});
      }
      await(() -> waiting("relayed") == 100);
      relay.heal();
      await(() -> waiting("relayed") == 0);
    }
    assertThat(serverRows()).isEqualTo(101);
  }

  @Test
  void serverThatIsStoppedAndStartedAgain_isUsedAgain() throws Exception {
    Path data = directory.resolve("data");
    EmbeddedPostgres own = startServer(data, 0);
    String url = own.getJdbcUrl("postgres", "postgres");
    try (HookBus bus = machine("relayed").storeUrl(url).storeBudget(GENEROUS).build()) {
      Guard guard = bus.guard("h").build();
      guard.run(GuardKey.of("before"), () -> {});
      int port = own.getPort();
      own.close();
      assertThat(guard.call(GuardKey.of("away"), () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", true));
      assertThat(waiting("relayed")).isEqualTo(1);

      own = startServer(data, port);
      await(() -> waiting("relayed") == 0);
      assertThat(guard.call(GuardKey.of("after"), () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", false));
      assertThat(bus.stats(Duration.ofHours(1)).get(0).totalCalls()).isEqualTo(3);
    } finally {
      own.close();
    }
  }

  private static EmbeddedPostgres startServer(Path data, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPGStartupWait(GENEROUS);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  @Test
  void serverRestartedWhileNobodyAsked_costsNoCall() throws Exception {
    try (HookBus bus = behindRelay(GENEROUS)) {
      Guard guard = bus.guard("h").build();
      guard.run(GuardKey.of("before"), () -> {});
      relay.heal(); // resets every connection

      assertThat(guard.call(GuardKey.of("after"), () -> "ran"))
          .isEqualTo(new GuardResult.Executed<>("ran", false));
      assertThat(bus.telemetry().problems()).isEmpty();
    }
  }

  /** Makes one call and prints what became of it. */
  static final class OneCall {
    public static void main(String[] arguments) {
      try (HookBus bus = onMachine(arguments[0], arguments[1])) {
        System.out.println(bus.guard("one").build().call(KEY, () -> "ran"));
        System.out.println(bus.telemetry().problems());
      }
    }
  }

  @Test
  void withoutTheDriver_workGoesOnAndTheLogNamesTheDependency() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .filter(entry -> !entry.contains("/org/postgresql/"))
            .collect(Collectors.joining(java.io.File.pathSeparator));
    try (ChildJvm child =
        ChildJvm.start(
            Map.of(),
            List.of("-cp", classPath),
            OneCall.class,
            server.url(),
            directory.resolve("driverless").toString())) {
      assertThat(child.readLine()).isEqualTo("Executed[value=ran, degraded=true]");
      assertThat(child.readLine()).contains(Problem.STORE_UNAVAILABLE.name());
      child.finish();
    }
    assertThat(waiting("driverless")).isEqualTo(1);
  }

  @Test
  void urlThatIsNone_isRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> HookBus.builder().storeUrl("jdbc:postgresql://ann:s3cret@db/hooks"))
        .isInstanceOf(HookBusConfigException.class)
        .hasMessageContaining("HOOKBUS_STORE_URL")
        .message()
        .doesNotContain("s3cret");
    assertThatThrownBy(() -> HookBus.builder().storeUrl("mysql://s3cret"))
        .isInstanceOf(HookBusConfigException.class)
        .message()
        .doesNotContain("s3cret");
  }
}
