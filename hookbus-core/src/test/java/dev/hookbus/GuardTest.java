package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hookbus.config.HookSelection;
import dev.hookbus.correlation.Correlation;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.safety.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

  private static final GuardKey KEY = GuardKey.of("tool_track", "toolu_1");

  @TempDir Path directory;
  private final TestClock clock = new TestClock();
  private final AtomicInteger runs = new AtomicInteger();
  private HookBus bus;
  private Guard guard;

  @BeforeEach
  void open() {
    bus = HookBus.builder().database(directory.resolve("hooks.db")).clock(clock).build();
    guard = bus.guard("tracker").event("PostToolUse").tool("Edit").build();
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private HookStats stats() {
    List<HookStats> stats = bus.stats(Duration.ofHours(1));
    assertThat(stats).hasSize(1);
    return stats.get(0);
  }

  private String work() {
    return "run " + runs.incrementAndGet();
  }

  @Test
  void guardOutsideTheDedupeFlag_runsEveryTimeAndIsRecorded() {
    try (HookBus observing =
        HookBus.builder()
            .database(directory.resolve("hooks.db"))
            .dedupe(HookSelection.of("another"))
            .build()) {
      Guard tracker = observing.guard("tracker").build();
      Guard another = observing.guard("another").build();

      tracker.call(KEY, this::work);
      assertThat(tracker.call(KEY, this::work).executed()).isTrue();
      another.call(KEY, this::work);
      assertThat(another.call(KEY, this::work).executed()).isFalse();

      assertThat(observing.stats(Duration.ofHours(1)))
          .extracting(HookStats::hook, HookStats::successes, HookStats::dedupeHits)
          .containsExactlyInAnyOrder(tuple("tracker", 2L, 0L), tuple("another", 1L, 1L));
    }
  }

  @Test
  void firstCall_runsTheBodyAndGivesItsValue() {
    GuardResult<String> result = guard.call(KEY, this::work);

    assertThat(result).isEqualTo(new GuardResult.Executed<>("run 1", false));
    assertThat(stats().successes()).isEqualTo(1);
  }

  @Test
  void duplicate_isReplayedWithoutRunning() {
    guard.call(KEY, this::work);

    GuardResult<String> second = guard.call(KEY, this::work);

    assertThat(second).isInstanceOf(GuardResult.Replayed.class);
    assertThat(second.orElse("")).isEqualTo("run 1");
    assertThat(runs).hasValue(1);
    assertThat(stats().dedupeHits()).isEqualTo(1);
    assertThat(stats().successRate()).isEqualTo(100);
  }

  @Test
  void duplicateAfterItsTimeToLive_runsAgain() {
    Guard shortLived = bus.guard("tracker").ttl(Duration.ofMinutes(5)).build();
    shortLived.call(KEY, this::work);

    clock.advance(Duration.ofMinutes(4));
    assertThat(shortLived.call(KEY, this::work).executed()).isFalse();
    clock.advance(Duration.ofMinutes(2));
    assertThat(shortLived.call(KEY, this::work).orElse("")).isEqualTo("run 2");
  }

  @Test
  void clockSetBackADay_doesNotKeepKeysTaken() {
    guard.call(KEY, this::work);

    clock.advance(Duration.ofDays(-1));

    assertThat(guard.call(KEY, this::work).executed()).isTrue();
  }

  @Test
  void bodyThatThrows_throwsTheSameExceptionAndFreesTheKey() {
    IOException failure = new IOException("disk on fire");

    assertThatThrownBy(
            () ->
                guard.call(
                    KEY,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(guard.call(KEY, this::work).executed()).isTrue();
    assertThat(stats().failures()).isEqualTo(1);
    assertThat(stats().successRate()).isEqualTo(50);
  }

  @Test
  void bodyThatThrowsAnError_throwsTheSameError() {
    StackOverflowError failure = new StackOverflowError();

    assertThatThrownBy(
            () ->
                guard.run(
                    KEY,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void keyKeptOnFailure_isNotTriedAgain() {
    Guard keeping = bus.guard("mailer").keepKeyOnFailure().build();

    assertThatThrownBy(
            () ->
                keeping.run(
                    KEY,
                    () -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(keeping.call(KEY, this::work))
        .isEqualTo(new GuardResult.Skipped<>(SkipReason.DUPLICATE));
  }

  @Test
  void callSafely_givesTheExceptionBack() {
    IOException failure = new IOException("disk on fire");

    GuardResult<String> result =
        guard.callSafely(
            KEY,
            () -> {
              throw failure;
            });

    assertThat(result).isEqualTo(new GuardResult.Failed<>(failure));
    assertThat(result.orElse("fallback")).isEqualTo("fallback");
    assertThatThrownBy(result::orElseThrow)
        .isInstanceOf(GuardSkippedException.class)
        .hasCause(failure);
  }

  @Test
  void callSafelyWithInterruptedBody_leavesTheThreadInterrupted() {
    guard.callSafely(
        GuardKey.none(),
        () -> {
          throw new InterruptedException();
        });

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void withoutKey_runsEveryTime() {
    guard.call(GuardKey.none(), this::work);
    guard.call(GuardKey.none(), this::work);

    assertThat(runs).hasValue(2);
    assertThat(stats().executions()).isEqualTo(2);
  }

  @Test
  void voidBody_isSkippedAsDuplicate() {
    guard.run(KEY, runs::incrementAndGet);

    assertThat(guard.run(KEY, runs::incrementAndGet))
        .isEqualTo(new GuardResult.Skipped<>(SkipReason.DUPLICATE));
    assertThat(runs).hasValue(1);
  }

  @Test
  void nullOutput_isReplayedAsNull() {
    guard.call(KEY, () -> null);

    GuardResult<String> second = guard.call(KEY, this::work);

    assertThat(second).isInstanceOf(GuardResult.Replayed.class);
    assertThat(second.orElse("other")).isNull();
  }

  record Answer(String text, int score, List<String> tags) {}

  @Test
  void objectOutput_isReplayedToCallersWhoNameItsType() {
    Answer answer = new Answer("ok", 7, List.of("a", "b"));
    guard.call(KEY, Answer.class, () -> answer);

    assertThat(guard.call(KEY, Answer.class, () -> new Answer("other", 0, List.of())).orElse(null))
        .isEqualTo(answer);
    assertThat(guard.call(KEY, this::work))
        .isEqualTo(new GuardResult.Skipped<>(SkipReason.DUPLICATE));
    assertThat(guard.callSafely(KEY, Answer.class, () -> new Answer("", 0, List.of())).orElse(null))
        .isEqualTo(answer);
  }

  @Test
  void outputWithASecret_isNeitherStoredNorReplayed() {
    String secret = "token=" + "gh" + "p_" + "A1b2C3d4".repeat(5);
    assertThat(guard.call(KEY, () -> secret).orElse("")).isEqualTo(secret);

    assertThat(guard.call(KEY, () -> "other"))
        .isEqualTo(new GuardResult.Skipped<>(SkipReason.DUPLICATE));
    assertThat(bus.telemetry().problems()).containsKey(Problem.OUTPUT_NOT_REPLAYABLE);
  }

  @Test
  void sameKeyWithAnotherPayload_isRefused() {
    guard.with(Invocation.unknown().withPayload("{\"a\":1}")).call(KEY, this::work);

    assertThat(guard.with(Invocation.unknown().withPayload("{\"a\":2}")).call(KEY, this::work))
        .isEqualTo(new GuardResult.Skipped<>(SkipReason.KEY_REUSED));
    assertThat(guard.with(Invocation.unknown().withPayload("{\"a\":1}")).call(KEY, this::work))
        .isInstanceOf(GuardResult.Replayed.class);
  }

  @Test
  void keyInProgressElsewhere_isSkippedOrWaitedFor() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<GuardResult<String>> running =
          other.submit(
              () ->
                  guard.call(
                      KEY,
                      () -> {
                        started.countDown();
                        finish.await();
                        return work();
                      }));
      started.await();

      assertThat(guard.call(KEY, this::work))
          .isEqualTo(new GuardResult.Skipped<>(SkipReason.IN_PROGRESS));
      finish.countDown();
      Guard patient = bus.guard("tracker").waitForInProgress(Duration.ofSeconds(30)).build();
      assertThat(patient.call(KEY, this::work).orElse("")).isEqualTo("run 1");
      assertThat(running.get(30, TimeUnit.SECONDS).executed()).isTrue();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void ownerWhoseLeaseIsOver_losesTheKeyAndCannotOverwrite() {
    Guard leased = bus.guard("tracker").lease(Duration.ofMinutes(1)).build();
    try (GuardScope late = leased.open(KEY)) {
      clock.advance(Duration.ofMinutes(2));
      try (GuardScope successor = leased.open(KEY)) {
        assertThat(successor.shouldRun()).isTrue();
        assertThat(successor.fence()).isEqualTo(late.fence() + 1);
        successor.complete("the successor's");
      }
      late.complete("the late owner's");
    }

    assertThat(guard.call(KEY, this::work).orElse("")).isEqualTo("the successor's");
    assertThat(bus.telemetry().problems()).containsEntry(Problem.LEASE_LOST, 1L);
  }

  @Test
  void bodyOverItsTimeout_isInterruptedAndSaysSo() throws InterruptedException {
    Guard impatient = bus.guard("slow").timeout(Duration.ofMillis(20)).build();

    GuardResult<String> result =
        impatient.call(
            KEY,
            () -> {
              new CountDownLatch(1).await();
              return "never";
            });

    assertThat(result).isInstanceOf(GuardResult.TimedOut.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(stats().failures()).isEqualTo(1);
    assertThat(impatient.call(KEY, this::work).executed()).isTrue();
  }

  @Test
  void scopeOverItsTimeout_isRecordedAsTimedOut() throws Exception {
    Guard impatient = bus.guard("slow").timeout(Duration.ofMillis(20)).build();

    assertThatThrownBy(
            () -> {
              try (GuardScope scope = impatient.open(KEY)) {
                new CountDownLatch(1).await();
                scope.complete();
              }
            })
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(bus.telemetry().problems()).isEmpty();
  }

  @Test
  void scopesOutput_isReplayedByItsTypeOrItsPrimitive() {
    try (GuardScope scope = guard.open(KEY)) {
      scope.complete(42);
    }
    try (GuardScope scope = guard.open(KEY)) {
      assertThat(scope.replayedOutput(int.class)).contains(42);
      assertThat(scope.replayedOutput(Integer.class)).contains(42);
      assertThat(scope.replayedOutput(String.class)).isEmpty();
    }
  }

  @Test
  void hostThatIsInterrupted_staysInterruptedAndIsRecorded() {
    Thread.currentThread().interrupt();

    guard.call(KEY, this::work);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(stats().successes()).isEqualTo(1);
  }

  @Test
  void correlation_joinsTheEventsOfOneToolCallAndSeparatesSessions() {
    Guard before = bus.guard("gate").event("PreToolUse").build();
    Invocation call = Invocation.ofSession("s1").withTool("Edit").withToolUseId("toolu_1");

    String pre = before.with(call).call(GuardKey.none(), GuardTest::currentId).orElse("");
    String post = guard.with(call).call(GuardKey.none(), GuardTest::currentId).orElse("");
    Invocation elsewhere = Invocation.ofSession("s2").withTool("Edit").withToolUseId("toolu_1");
    String other = guard.with(elsewhere).call(GuardKey.none(), GuardTest::currentId).orElse("");

    assertThat(pre).hasSize(16).isEqualTo(post).isNotEqualTo(other);
    assertThat(Correlation.current()).isEmpty();
  }

  private static String currentId() {
    return Correlation.current().orElseThrow().correlationId().value();
  }

  @Test
  void listenerThatThrows_isCountedAndUnseen() {
    bus.telemetry()
        .subscribe(
            sample -> {
              throw new IllegalStateException("listener");
            });

    assertThat(guard.call(KEY, this::work).executed()).isTrue();
    assertThat(bus.telemetry().problems()).containsEntry(Problem.CALLBACK_FAILED, 1L);
  }

  @Test
  void closedBus_stillRunsBodies() {
    bus.close();

    Guard timed = bus.guard("timed").timeout(Duration.ofMinutes(1)).build();
    assertThat(guard.call(KEY, this::work)).isEqualTo(new GuardResult.Executed<>("run 1", true));
    assertThat(timed.call(KEY, this::work)).isEqualTo(new GuardResult.Executed<>("run 2", true));
    assertThat(bus.telemetry().problems()).containsKey(Problem.STORE_UNAVAILABLE);
  }

  @Test
  void poolOfConnections_keepsTheSamePromises() {
    try (HookBus pooled =
        HookBus.builder().database(directory.resolve("pool.db")).poolSize(3).build()) {
      Guard first = pooled.guard("pooled").build();
      first.call(KEY, this::work);
      assertThat(first.call(KEY, this::work).orElse("")).isEqualTo("run 1");
      assertThat(pooled.stats(Duration.ofHours(1)).get(0).totalCalls()).isEqualTo(2);
      assertThat(pooled.telemetry().problems()).isEmpty();
    }
  }
}
