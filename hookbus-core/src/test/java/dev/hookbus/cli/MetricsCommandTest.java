package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import dev.hookbus.TestClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsCommandTest extends CliTest {

  private static final GuardKey KEY = GuardKey.of("tool_track", "toolu_1");

  private void callTracker() {
    try (HookBus bus = openBus()) {
      Guard tracker =
          bus.guard("tracker").build().with(Invocation.unknown().withPayload("0123456789"));
      tracker.run(KEY, () -> {});
      tracker.run(KEY, () -> {});
    }
  }

  private void callFailing() {
    try (HookBus bus = openBus()) {
      Guard guard = bus.guard("failing").build();
      guard.callSafely(
          GuardKey.none(),
          () -> {
            throw new IOException("disk on fire");
          });
    }
  }

  @Test
  void table_showsEveryHookInAHundredColumns() {
    callTracker();
    callFailing();

    Outcome metrics = hookbus("metrics");

    assertThat(metrics.exitCode()).isZero();
    assertThat(metrics.out().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(metrics.out())
        .contains("P50 ms", "P95 ms", "P99 ms", "overhead ms")
        .containsPattern("\ntracker +2 +1 +0 +1 +100.0 % .* 20 B\n")
        .containsPattern("\nfailing +1 +0 +1 +0 +0.0 % ");
  }

  @Test
  void json_hasTheNamesOfThePythonHookBus() throws IOException {
    callTracker();

    Outcome metrics = hookbus("metrics", "--json");

    JsonNode tracker = new ObjectMapper().readTree(metrics.out()).get("tracker");
    assertThat(tracker.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "total_calls",
            "successes",
            "failures",
            "dedupe_hits",
            "degraded",
            "avg_duration_ms",
            "avg_overhead_ms",
            "total_bytes",
            "success_rate",
            "p50_ms",
            "p95_ms",
            "p99_ms");
    assertThat(tracker.get("total_calls").asInt()).isEqualTo(2);
    assertThat(tracker.get("successes").asInt()).isEqualTo(1);
    assertThat(tracker.get("dedupe_hits").asInt()).isEqualTo(1);
    assertThat(tracker.get("total_bytes").asInt()).isEqualTo(20);
    assertThat(tracker.get("success_rate").asDouble()).isEqualTo(100.0);
  }

  @Test
  void hookOption_leavesTheOthersOut() {
    callTracker();
    callFailing();

    assertThat(hookbus("metrics", "--hook", "failing").out()).doesNotContain("tracker");
  }

  @Test
  void window_leavesOlderCallsOut() {
    TestClock clock = new TestClock();
    clock.advance(Duration.ofHours(-30));
    try (HookBus bus = HookBus.builder().database(database).clock(clock).build()) {
      bus.guard("tracker").build().run(GuardKey.none(), () -> {});
    }

    assertThat(hookbus("metrics").out()).isEqualTo("No calls in the last 24 hours.\n");
    assertThat(hookbus("metrics", "--json").out().strip()).isEqualTo("{ }");
    assertThat(hookbus("metrics", "48").out()).contains("tracker");
  }

  @Test
  void checkOfHealthyHooks_succeeds() {
    callTracker();

    assertThat(hookbus("metrics", "--check")).extracting(Outcome::exitCode).isEqualTo(0);
  }

  @Test
  void checkOfBrokenLimits_exitsWithThreeAndALinePerLimit() {
    callTracker();
    callFailing();

    Outcome check = hookbus("metrics", "--check");

    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.out()).contains("tracker");
    assertThat(check.err()).isEqualTo("failing: failures 100.0 % > 1 %\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9601", "abc", "1.5", "99999999999"})
  void badHours_areAUsageError(String hours) {
    callTracker();

    Outcome metrics = hookbus("metrics", "--", hours);

    assertThat(metrics.exitCode()).isEqualTo(2);
    assertThat(metrics.err()).contains("takes a whole number from 1 to 9600, not '" + hours + "'");
  }
}
