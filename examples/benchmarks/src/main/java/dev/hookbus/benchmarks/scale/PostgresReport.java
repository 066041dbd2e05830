package dev.hookbus.benchmarks.scale;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.store.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Guards that share a PostgreSQL server, beside the same rows written by the driver alone, all
 * variants taking turns in one run; and how many round trips each takes.
 *
 * <pre>java -cp examples/benchmarks/target/hookbus-benchmarks-*-all.jar \
 *   dev.hookbus.benchmarks.scale.PostgresReport [rounds]</pre>
 */
public final class PostgresReport implements AutoCloseable {

  private static final int THREADS = 16;
  private static final int BATCH = 512;
  private static final int COUNTED_CALLS = 200;
  private static final Duration WINDOW = Duration.ofMillis(700);

  private final Path directory;
  private final BenchmarkServer server;
  private final List<AutoCloseable> opened = new ArrayList<>();

  private PostgresReport(Path directory, BenchmarkServer server) {
    this.directory = directory;
    this.server = server;
  }

  /** Runs the rounds and prints the tables. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    Path directory = Files.createTempDirectory("hookbus-postgres");
    Markdown out = new Markdown(System.out);
    try (BenchmarkServer server = new BenchmarkServer(200);
        PostgresReport report = new PostgresReport(directory, server)) {
      report.throughput(out, new Race(rounds, WINDOW));
      report.roundTrips(out);
    } finally {
      ScaleReport.removeAll(directory);
    }
  }

  private void throughput(Markdown out, Race race) throws Exception {
    HookBus one = bus(server.url("guards"), 1, Durability.SYNC);
    HookBus pool = bus(server.url("guards"), THREADS, Durability.SYNC);
    HookBus async = bus(server.url("guards"), THREADS, Durability.ASYNC);
    String raw = rawTables();
    Guard alone = guard(one);
    Guard pooled = guard(pool);
    Guard queued = guard(async);
    GuardKey taken = newKey();
    alone.run(taken, () -> {});
    List<Race.Call> inserts = new ArrayList<>();
    List<Race.Call> claims = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      RawPostgres own = open(new RawPostgres(raw));
      inserts.add(rawInsert(own));
      claims.add(rawClaim(own));
    }
    RawPostgres batching = open(new RawPostgres(raw));
    List<Race.Variant> single =
        List.of(
            variant("raw, one autocommit insert", 1, inserts.get(0)),
            variant("guard, no key", 1, () -> call(alone, GuardKey.none())),
            variant("guard, a duplicate", 1, () -> call(alone, taken)),
            variant("raw, claim, then settle and log in a transaction", 1, claims.get(0)),
            variant("guard with key", 1, () -> call(alone, newKey())),
            new Race.Variant("raw, batches of " + BATCH, List.of(() -> batch(batching)), null),
            new Race.Variant(
                "guard, `async`", List.of(() -> call(queued, GuardKey.none())), async));
    List<Race.Variant> many =
        List.of(
            new Race.Variant("raw, autocommit on own connections", inserts, null),
            variant("guard, no key", THREADS, () -> call(pooled, GuardKey.none())),
            variant("guard, a duplicate", THREADS, () -> call(pooled, taken)),
            new Race.Variant("raw, claim, then settle and log, on own connections", claims, null),
            variant("guard with key", THREADS, () -> call(pooled, newKey())),
            new Race.Variant(
                "raw, one thread, batches of " + BATCH, List.of(() -> batch(batching)), null),
            new Race.Variant(
                "guard, `async`",
                Collections.nCopies(THREADS, () -> call(queued, GuardKey.none())),
                async));
    List<Race.Variant> all = new ArrayList<>(single);
    all.addAll(many);
    race.run(all);
    out.title("One thread, one connection");
    Race.print(out, single, 0, 0, 0, 3, 3, 5, 5);
    out.title(THREADS + " threads, a pool of as many connections");
    Race.print(out, many, 0, 0, 0, 3, 3, 5, 5);
    out.text("\nProblems: " + one.telemetry().problems() + pool.telemetry().problems());
  }

  private void roundTrips(Markdown out) throws Exception {
    try (RoundTrips trips = new RoundTrips(server.port())) {
      Guard guard = guard(bus(trips.via(server.url("guards")), 1, Durability.SYNC));
      RawPostgres raw = open(new RawPostgres(trips.via(rawTables())));
      GuardKey taken = newKey();
      guard.run(taken, () -> {});
      out.title("Round trips of a call");
      out.head("variant", "round trips");
      count(out, trips, "raw, one autocommit insert", rawInsert(raw));
      count(out, trips, "guard, no key", () -> call(guard, GuardKey.none()));
      count(out, trips, "guard, a duplicate", () -> call(guard, taken));
      count(out, trips, "raw, claim, then settle and log in a transaction", rawClaim(raw));
      count(out, trips, "guard with key", () -> call(guard, newKey()));
    }
  }

  private static void count(Markdown out, RoundTrips trips, String name, Race.Call call)
      throws Exception {
    for (int i = 0; i < 20; i++) {
      call.call(); // until the driver has prepared its statements on the server
    }
    long before = trips.count();
    for (int i = 0; i < COUNTED_CALLS; i++) {
      call.call();
    }
    out.row(name, Markdown.number((double) (trips.count() - before) / COUNTED_CALLS));
  }

  private static Race.Variant variant(String name, int threads, Race.Call call) {
    return new Race.Variant(name, Collections.nCopies(threads, call), null);
  }

  private static Race.Call rawInsert(RawPostgres raw) {
    return () -> {
      raw.insertRow();
      return 1;
    };
  }

  private static Race.Call rawClaim(RawPostgres raw) {
    return () -> {
      raw.claimThenSettleAndInsert();
      return 1;
    };
  }

  private static int batch(RawPostgres raw) throws SQLException {
    raw.insertRows(BATCH);
    return BATCH;
  }

  private static int call(Guard guard, GuardKey key) {
    guard.run(key, () -> {});
    return 1;
  }

  private static GuardKey newKey() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return GuardKey.of("benchmark", random.nextLong(), random.nextLong());
  }

  private static Guard guard(HookBus bus) {
    return bus.guard("benchmark").event("PostToolUse").tool("Edit").build();
  }

  /** Tables that only the raw variants write. */
  private String rawTables() throws SQLException {
    String url = server.url("raw");
    guard(bus(url, 1, Durability.SYNC)).run(GuardKey.none(), () -> {});
    return url;
  }

  private HookBus bus(String url, int connections, Durability durability) {
    return open(
        HookBus.builder()
            .database(directory.resolve("bus-" + opened.size()).resolve("hookbus.db"))
            .storeUrl(url)
            .storeBudget(Duration.ofSeconds(30))
            .poolSize(connections)
            .durability(durability)
            .build());
  }

  private <T extends AutoCloseable> T open(T resource) {
    opened.add(resource);
    return resource;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }
}
