package dev.hookbus;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.config.Rollout;
import dev.hookbus.correlation.Correlation;
import dev.hookbus.correlation.CorrelationId;
import dev.hookbus.correlation.RunId;
import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.metrics.ExecutionListener;
import dev.hookbus.metrics.ExecutionSample;
import dev.hookbus.payload.BoundedPayload;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Announcement;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Execution;
import dev.hookbus.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all guards of a bus share: everything a {@link GuardRun} needs of the outside, with the
 * failures of the outside turned into counted problems.
 */
final class GuardEngine {

  private static final int MAX_ERROR_BYTES = 4_000;
  private static final int MAX_LABEL_BYTES = 400;
  private static final int MAX_LABELS = 1_000;

  private final HookBusConfig config;
  private final Store store;
  private final PayloadPipeline payloads;
  private final OutputCodec outputs;
  private final @Nullable Delivery delivery;
  private final Problems problems;
  private final Clock clock;
  private final BooleanSupplier enabled;
  private final Rollout rollout;
  private final Watchdog watchdog = new Watchdog();
  private final Map<String, String> labels = new ConcurrentHashMap<>();
  private final List<ExecutionListener> listeners = new CopyOnWriteArrayList<>();
  private final Attempt.Action afterRecord;
  private volatile @Nullable SessionRun lastRun;

  GuardEngine(
      HookBusConfig config,
      Store store,
      PayloadPipeline payloads,
      OutputCodec outputs,
      @Nullable Delivery delivery,
      Problems problems,
      Clock clock,
      BooleanSupplier enabled,
      Attempt.Action afterRecord) {
    this.config = config;
    this.store = store;
    this.payloads = payloads;
    this.outputs = outputs;
    this.delivery = delivery;
    this.problems = problems;
    this.clock = clock;
    this.enabled = enabled;
    this.rollout = Rollout.of(config);
    this.afterRecord = afterRecord;
  }

  boolean isEnabled() {
    return Attempt.<Boolean>shield(
            new Callable<>() {
              @Override
              public Boolean call() {
                return enabled.getAsBoolean();
              }
            })
        .valueOr(false);
  }

  /** Whether this call is guarded, or its body runs bare. */
  boolean isActive(GuardSettings settings, Invocation invocation) {
    return isEnabled()
        && rollout.includesHook(settings.hook())
        && rollout.includesSession(sessionOf(invocation));
  }

  /** Whether the guard's keys are claimed. */
  boolean dedupes(GuardSettings settings) {
    return rollout.dedupes(settings.hook());
  }

  /** Opens a run: claims its key, or says why its body is not to be run. */
  GuardRun open(GuardSettings settings, Invocation invocation, GuardKey key) {
    GuardRun run = new GuardRun(this, settings, invocation, payloadOf(invocation));
    run.claim(key);
    return run;
  }

  /** The clock, redactor or listener of an application threw. */
  void callbackFailed(Throwable error) {
    problems.report(
        Problem.CALLBACK_FAILED, "a clock, listener or the like of the application threw", error);
  }

  OutputCodec outputs() {
    return outputs;
  }

  Problems problems() {
    return problems;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  void subscribe(ExecutionListener listener) {
    listeners.add(listener);
  }

  Budget newBudget() {
    return Budget.of(config.storeBudget());
  }

  Duration ttlOf(GuardSettings settings) {
    Duration ttl = settings.ttl();
    return ttl == null ? config.dedupeTtl() : ttl;
  }

  Correlation correlationOf(GuardSettings settings, Invocation invocation) {
    String session = sessionOf(invocation);
    String toolUseId = invocation.toolUseId();
    CorrelationId call =
        toolUseId == null
            ? CorrelationId.random()
            : CorrelationId.of(session, toolOf(settings, invocation), toolUseId);
    return new Correlation(runOf(session), session, call);
  }

  /** The correlation of what belongs to a session but to no call. */
  Correlation correlationOf(@Nullable String sessionId) {
    String session = sessionOf(Invocation.ofSession(sessionId));
    return new Correlation(runOf(session), session, CorrelationId.random());
  }

  /** What makes a record an event for the sinks; {@code null} if there is nobody to tell. */
  @Nullable Announcement announcement(@Nullable String toolUseId) {
    return delivery == null
        ? null
        : delivery.announcement(toolUseId == null ? null : redacted(toolUseId, MAX_LABEL_BYTES));
  }

  static @Nullable String toolOf(GuardSettings settings, Invocation invocation) {
    return invocation.tool() == null ? settings.tool() : invocation.tool();
  }

  /** The store's answer, or {@code null} if it gave none. */
  @Nullable Claim claim(ClaimRequest request, Budget budget) {
    Attempt<Claim> claim =
        Attempt.shield(
            new Callable<>() {
              @Override
              public Claim call() throws Exception {
                return store.claim(request, budget);
              }
            });
    reportFailure(Problem.STORE_UNAVAILABLE, claim);
    return claim.error() == null ? claim.value() : null;
  }

  /**
   * Writes what became of a run.
   *
   * @return whether it is on record
   */
  boolean record(Execution execution, @Nullable Settlement settlement, Budget budget) {
    Attempt<Boolean> held =
        Attempt.shield(
            new Callable<>() {
              @Override
              public Boolean call() throws Exception {
                if (settlement == null) {
                  store.record(List.of(execution), budget);
                  return true;
                }
                return store.settleAndRecord(settlement, execution, budget);
              }
            });
    reportFailure(Problem.RECORD_LOST, held);
    if (held.error() == null && !held.value()) {
      problems.report(
          Problem.LEASE_LOST,
          "a body of hook "
              + execution.hook()
              + " outlived its lease and another owner took the key; choose a longer lease");
    }
    if (delivery != null && execution.announcement() != null && held.error() == null) {
      Attempt.run(delivery::recorded);
    }
    Attempt.run(afterRecord);
    return held.error() == null;
  }

  void tellListeners(ExecutionSample sample) {
    for (ExecutionListener listener : listeners) {
      Throwable failure = Attempt.run(() -> listener.onExecution(sample));
      if (failure != null) {
        callbackFailed(failure);
      }
    }
  }

  boolean keepsPayloads() {
    return config.storeRaw();
  }

  long nowMillis() {
    return clock.millis();
  }

  /** An exception in the words of the log, without secrets. */
  String describe(Throwable error) {
    return redacted(error.getClass().getSimpleName() + ": " + error.getMessage(), MAX_ERROR_BYTES);
  }

  /**
   * A name as it is stored: hooks, events, tools and sessions come from outside and can hold
   * anything. Names recur, so each is redacted once.
   */
  String label(String name) {
    String known = labels.get(name);
    if (known != null) {
      return known;
    }
    String label = redacted(name, MAX_LABEL_BYTES);
    if (labels.size() < MAX_LABELS) {
      labels.put(name, label);
    }
    return label;
  }

  void close() {
    watchdog.close();
  }

  private String redacted(String text, int maxBytes) {
    return Attempt.<String>shield(
            new Callable<>() {
              @Override
              public String call() {
                return payloads.text(text, maxBytes);
              }
            })
        .valueOr("(not recorded: the redactor failed)");
  }

  private @Nullable BoundedPayload payloadOf(Invocation invocation) {
    Object payload = invocation.payload();
    if (payload == null) {
      return null;
    }
    Attempt<BoundedPayload> bounded =
        Attempt.shield(
            new Callable<>() {
              @Override
              public BoundedPayload call() {
                return payloads.processValue(payload);
              }
            });
    if (bounded.error() != null || bounded.value().dropped()) {
      problems.report(
          Problem.PAYLOAD_DROPPED,
          "a payload could not be redacted and was dropped",
          bounded.error());
    }
    return bounded.error() == null ? bounded.value() : null;
  }

  private String sessionOf(Invocation invocation) {
    String session = invocation.sessionId();
    return session == null || session.isEmpty() ? config.sessionId() : session;
  }

  private RunId runOf(String session) {
    SessionRun known = lastRun;
    if (known == null || !known.session.equals(session)) {
      known = new SessionRun(session, RunId.resolve(config.runId(), config.traceparent(), session));
      lastRun = known;
    }
    return known.run;
  }

  private void reportFailure(Problem problem, Attempt<?> attempt) {
    Throwable error = attempt.error();
    if (error != null) {
      problems.report(problem, String.valueOf(error.getMessage()), error.getCause());
    }
  }

  /** Most processes serve one session; its run is worked out once. */
  private record SessionRun(String session, RunId run) {}
}
