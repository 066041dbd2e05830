package dev.hookbus;

import dev.hookbus.correlation.Correlation;
import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.ClaimToken;
import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.idempotency.StoredOutput;
import dev.hookbus.metrics.ExecutionSample;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.payload.BoundedPayload;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.store.Announcement;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Execution;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One guarded call from its claim to its record: the engine behind lambdas, scopes and annotated
 * methods alike, so that they cannot differ.
 */
final class GuardRun {

  private static final long SHORTEST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final GuardEngine engine;
  private final GuardSettings settings;
  private final Correlation correlation;
  private final @Nullable String tool;
  private final @Nullable String toolUseId;
  private final @Nullable String retryToken;
  private final @Nullable BoundedPayload payload;
  private final Budget budget;
  private final long openedNanos = System.nanoTime();

  private @Nullable ClaimToken token;
  private @Nullable SkipReason skipReason;
  private @Nullable StoredOutput replay;
  private Instant completedAt = Instant.EPOCH;
  private boolean degraded;
  private boolean recorded;
  private boolean timedOut;
  private long bodyStartNanos;
  private long bodyNanos;

  GuardRun(
      GuardEngine engine,
      GuardSettings settings,
      Invocation invocation,
      @Nullable BoundedPayload payload) {
    this.engine = engine;
    this.settings = settings;
    this.correlation = engine.correlationOf(settings, invocation);
    this.tool = GuardEngine.toolOf(settings, invocation);
    this.toolUseId = invocation.toolUseId();
    this.retryToken = invocation.retryToken();
    this.payload = payload;
    this.budget = engine.newBudget();
  }

  /** Asks for the key; a run that may not start is recorded at once. */
  void claim(GuardKey key) {
    KeyHash hash = key.hash();
    if (hash != null && engine.dedupes(settings)) {
      settleClaim(awaitClaim(request(key, hash)));
      if (skipReason != null) {
        finish(ExecutionStatus.DEDUPE_SKIP, null, null);
      }
    }
    bodyStartNanos = System.nanoTime();
  }

  @Nullable SkipReason skipReason() {
    return skipReason;
  }

  @Nullable StoredOutput replay() {
    return replay;
  }

  Instant completedAt() {
    return completedAt;
  }

  Correlation correlation() {
    return correlation;
  }

  long fence() {
    return token == null ? 0 : token.fence();
  }

  boolean degraded() {
    return degraded;
  }

  boolean timedOut() {
    return timedOut;
  }

  /** Runs the body on this thread, under this call's correlation and the guard's timeout. */
  <T extends @Nullable Object> Attempt<T> execute(Callable<? extends T> body) {
    Watchdog.Watch watch = startWatch();
    Attempt<Correlation.Scope> scope =
        Attempt.shield(
            new Callable<>() {
              @Override
              @SuppressWarnings("MustBeClosedChecker") // the attempt's value is closed
              public Correlation.Scope call() {
                return correlation.makeCurrent();
              }
            });
    Attempt<T> attempt = Attempt.capture(body);
    endBody();
    if (scope.error() == null) {
      Attempt.run(scope.value());
    }
    stopWatch(watch);
    return attempt;
  }

  Watchdog.@Nullable Watch startWatch() {
    Duration timeout = settings.timeout();
    bodyStartNanos = System.nanoTime();
    if (timeout == null) {
      return null;
    }
    // A bus that is closed has no watchdog left; its guards still run bodies.
    Attempt<Watchdog.Watch> watch = Attempt.shield(() -> engine.watchdog().over(timeout));
    return watch.error() == null ? watch.value() : null;
  }

  void stopWatch(Watchdog.@Nullable Watch watch) {
    if (watch != null && watch.stop()) {
      timedOut = true;
    }
  }

  /** Marks the end of the body's time; what follows is overhead. */
  void endBody() {
    bodyNanos = System.nanoTime() - bodyStartNanos;
  }

  /** The body ended normally. */
  void succeed(@Nullable StoredOutput output) {
    finish(
        ExecutionStatus.SUCCESS,
        null,
        token == null ? null : new Settlement.Complete(token, engine.ttlOf(settings), output));
  }

  /** The body threw. */
  void fail(Throwable error) {
    String text = Attempt.<String>shield(() -> engine.describe(error)).valueOr("(unprintable)");
    failWith(timedOut ? timeoutText() + ": " + text : text);
  }

  String timeoutText() {
    return "Timeout after " + settings.timeout();
  }

  /** The body failed without an exception we have seen. */
  void failWith(String text) {
    finish(ExecutionStatus.ERROR, text, token == null ? null : failureSettlement(token));
  }

  private Settlement failureSettlement(ClaimToken claimed) {
    if (settings.keepKeyOnFailure()) {
      return new Settlement.Complete(claimed, engine.ttlOf(settings), null);
    }
    return new Settlement.Release(claimed);
  }

  private void finish(
      ExecutionStatus status, @Nullable String error, @Nullable Settlement settlement) {
    if (recorded) {
      return;
    }
    Throwable failure =
        Attempt.run(
            new Attempt.Action() {
              @Override
              public void run() {
                record(status, error, settlement);
              }
            });
    if (failure != null) {
      engine.callbackFailed(failure);
    }
  }

  private void record(
      ExecutionStatus status, @Nullable String error, @Nullable Settlement settlement) {
    recorded = true;
    Execution execution =
        new Execution(
            correlation.correlationId().value(),
            correlation.runId().toString(),
            engine.label(correlation.sessionId()),
            engine.label(settings.hook()),
            engine.label(settings.event()),
            tool == null ? null : engine.label(tool),
            status,
            engine.nowMillis(),
            bodyNanos,
            overheadNanos(),
            degraded,
            payload,
            engine.keepsPayloads(),
            error,
            announcement(status));
    if (!engine.record(execution, settlement, budget)) {
      degraded = true;
    }
    engine.tellListeners(
        new ExecutionSample(
            settings.hook(),
            settings.event(),
            status,
            bodyNanos,
            overheadNanos(),
            payload == null ? 0 : payload.originalBytes()));
  }

  /** The sinks hear of calls that ran, not of those that were skipped. */
  private @Nullable Announcement announcement(ExecutionStatus status) {
    return status == ExecutionStatus.DEDUPE_SKIP ? null : engine.announcement(toolUseId);
  }

  private long overheadNanos() {
    return System.nanoTime() - openedNanos - bodyNanos;
  }

  private ClaimRequest request(GuardKey key, KeyHash hash) {
    String payloadHash =
        payload == null || payload.dropped() ? null : HexFormat.of().formatHex(payload.sha256());
    return new ClaimRequest(
        hash, engine.label(key.category()), settings.lease(), payloadHash, owner());
  }

  private @Nullable Long owner() {
    return retryToken == null
        ? null
        : ByteBuffer.wrap(KeyHash.unambiguous("retry", retryToken).toBytes()).getLong();
  }

  /** Claims, and claims again while another owner is at it and the guard is ready to wait. */
  private @Nullable Claim awaitClaim(ClaimRequest request) {
    long deadline = System.nanoTime() + settings.waitForInProgress().toNanos();
    Budget patience = budget;
    while (true) {
      Claim claim = engine.claim(request, patience);
      if (!(claim instanceof Claim.InProgress)
          || System.nanoTime() - deadline >= 0
          || Thread.currentThread().isInterrupted()) {
        return claim;
      }
      LockSupport.parkNanos(
          this, ThreadLocalRandom.current().nextLong(SHORTEST_POLL_NANOS, LONGEST_POLL_NANOS));
      // The wait has its own limit; what the settlement will need must not be spent on it.
      patience = engine.newBudget();
    }
  }

  private void settleClaim(@Nullable Claim claim) {
    if (claim instanceof Claim.Acquired acquired) {
      token = acquired.token();
    } else if (claim instanceof Claim.Completed completed) {
      skipReason = SkipReason.DUPLICATE;
      replay = completed.output();
      completedAt = completed.completedAt();
    } else if (claim instanceof Claim.InProgress) {
      skipReason = SkipReason.IN_PROGRESS;
    } else if (claim instanceof Claim.KeyReused) {
      skipReason = SkipReason.KEY_REUSED;
      engine
          .problems()
          .report(
              Problem.KEY_REUSED,
              "hook " + settings.hook() + " used one key for two different payloads");
    } else if (settings.failClosed()) {
      skipReason = SkipReason.STORE_UNAVAILABLE;
    } else {
      degraded = true;
    }
  }
}
