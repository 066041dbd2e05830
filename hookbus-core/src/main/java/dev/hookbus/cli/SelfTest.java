package dev.hookbus.cli;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.GuardResult;
import dev.hookbus.HookBus;
import dev.hookbus.correlation.CorrelationId;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.LatencyHistogram;
import dev.hookbus.payload.BoundedPayload;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.Redactor;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Does a little of everything HookBus does, in a database of its own, and looks at the outcome. */
final class SelfTest {

  /** A check's outcome is not what it should be. */
  private static final class Failure extends Exception {

    private static final long serialVersionUID = 1;

    Failure(String what, Object expected, Object actual) {
      super(what + ": expected " + expected + " but got " + actual);
    }
  }

  private final PrintWriter out;

  SelfTest(PrintWriter out) {
    this.out = out;
  }

  /** Prints a line for each check, up to the first that fails. */
  boolean passes() throws IOException {
    Path directory = Files.createTempDirectory("hookbus-selftest-");
    try {
      correlation();
      dedupeKey();
      store(directory.resolve("hookbus.db"));
      guard(directory.resolve("hookbus.db"));
      redaction();
      bounding();
      percentiles();
      out.println("All tests passed!");
      return true;
    } catch (Failure | StoreException e) {
      out.println("FAIL  " + e.getMessage());
      return false;
    } finally {
      delete(directory);
    }
  }

  private void correlation() throws Failure {
    check("correlation ID", "e97dbafd033f9c77", CorrelationId.of("session1", "Read", 0).value());
  }

  private void dedupeKey() throws Failure {
    check(
        "dedupe key",
        "b12e085c769e8a11b8ffeb51d7904eba",
        KeyHash.compatible("task_inject", "prompt", "source").toHex());
  }

  private void store(Path database) throws Failure, StoreException {
    try (Store store = Store.sqlite(SqliteSettings.of(database))) {
      check("store", database.toString(), store.admin().status().location());
    }
  }

  private void guard(Path database) throws Failure {
    AtomicInteger runs = new AtomicInteger();
    try (HookBus bus = HookBus.builder().database(database).build()) {
      Guard guard = bus.guard("selftest").event("PostToolUse").tool("Edit").build();
      GuardKey key = GuardKey.of("selftest", "toolu_01");
      GuardResult<String> first = guard.call(key, () -> "run " + runs.incrementAndGet());
      GuardResult<String> second = guard.call(key, () -> "run " + runs.incrementAndGet());
      check("claim", new GuardResult.Executed<>("run 1", false), first);
      check("run once", 1, runs.get());
      check("replay", "run 1", second instanceof GuardResult.Replayed ? second.orElse("") : second);
      List<HookStats> stats = bus.stats(Duration.ofHours(1));
      check("records", 1, stats.size());
      check("successes", 1L, stats.get(0).successes());
      check("dedupe hits", 1L, stats.get(0).dedupeHits());
    }
  }

  private void redaction() throws Failure {
    check("redaction", "mail [EMAIL_REDACTED]", Redactor.standard().redact("mail ann@example.com"));
  }

  private void bounding() throws Failure {
    BoundedPayload bounded =
        PayloadPipeline.builder().maxBytes(1_000).build().process("x".repeat(300_000));
    check("bounding", true, bounded.truncated() && bounded.textBytes() <= 1_000);
    check("true size", 300_000L, bounded.originalBytes());
  }

  private void percentiles() throws Failure {
    LatencyHistogram histogram = new LatencyHistogram();
    for (int millis = 0; millis < 1_000; millis++) {
      histogram.record(Duration.ofMillis(millis).toNanos());
    }
    for (int percent : new int[] {50, 95, 99}) {
      double exact = Duration.ofMillis(10L * percent).toNanos();
      double error = Math.abs(histogram.percentile(percent / 100.0) - exact) / exact;
      check("P" + percent + " within 1 %", true, error <= 0.01);
    }
  }

  private void check(String what, Object expected, Object actual) throws Failure {
    if (!expected.equals(actual)) {
      throw new Failure(what, expected, actual);
    }
    out.println("OK    " + what);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
