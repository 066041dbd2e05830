package dev.hookbus.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CorrelationTest {

  private static final Correlation OUTER =
      new Correlation(RunId.ofText("run"), "session", new CorrelationId("0123456789abcdef"));
  private static final Correlation INNER =
      new Correlation(RunId.ofText("run"), "session", new CorrelationId("fedcba9876543210"));

  @Test
  void nestedScopes_putBackWhatWasCurrent() {
    try (Correlation.Scope outer = OUTER.makeCurrent()) {
      try (Correlation.Scope inner = INNER.makeCurrent()) {
        assertThat(Correlation.current()).contains(INNER);
      }
      assertThat(Correlation.current()).contains(OUTER);
      outer.close();
      outer.close();
    }
    assertThat(Correlation.current()).isEmpty();
  }

  @Test
  void propagatingTask_runsUnderTheSubmittersCorrelation() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Correlation.Scope ignored = OUTER.makeCurrent()) {
      Future<?> seen =
          pool.submit(
              Correlation.propagating(() -> Correlation.current().orElseThrow().correlationId()));
      Future<Boolean> bare = pool.submit(() -> Correlation.current().isPresent());

      assertThat(seen.get()).isEqualTo(OUTER.correlationId());
      assertThat(bare.get()).isFalse();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void childEnvironment_leadsTheChildIntoTheSameRun() {
    var environment = OUTER.environment();

    assertThat(
            RunId.resolve(
                environment.get("CLAUDE_RUN_ID"), null, environment.get("CLAUDE_SESSION_ID")))
        .isEqualTo(OUTER.runId());
    assertThat(RunId.resolve(null, environment.get("TRACEPARENT"), "other"))
        .isEqualTo(OUTER.runId());
  }

  @Test
  void runOfASession_isTheSameInEveryProcessAndAValidUuid() {
    RunId run = RunId.resolve(null, "garbage", "session-1");

    assertThat(run).isEqualTo(RunId.resolve(" ", null, "session-1"));
    assertThat(run).isNotEqualTo(RunId.resolve(null, null, "session-2"));
    assertThat(run.value().variant()).isEqualTo(2);
    assertThat(run.traceId()).hasSize(32).isEqualTo(run.toString().replace("-", ""));
  }
}
