package dev.hookbus;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.metrics.ExecutionListener;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.Telemetry;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.Redactor;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Durability;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The bus that is on. */
final class DefaultHookBus implements HookBus, Telemetry {

  private final GuardEngine engine;
  private final Store store;
  private final CleanupSchedule cleanupSchedule;
  private final Problems problems;
  private final Clock clock;

  private DefaultHookBus(
      GuardEngine engine,
      Store store,
      CleanupSchedule cleanupSchedule,
      Problems problems,
      Clock clock) {
    this.engine = engine;
    this.store = store;
    this.cleanupSchedule = cleanupSchedule;
    this.problems = problems;
    this.clock = clock;
  }

  static HookBus start(
      HookBusConfig config,
      BooleanSupplier enabled,
      Redactor redactor,
      Clock clock,
      Problems problems) {
    problems.scrubWith(redactor::redact);
    Store store = open(config, clock, problems);
    CleanupSchedule cleanupSchedule = new CleanupSchedule(store, config.retention(), problems);
    PayloadPipeline payloads =
        PayloadPipeline.builder()
            .redactor(redactor)
            .maxBytes(config.maxBytes())
            .compress(config.compress())
            .build();
    GuardEngine engine =
        new GuardEngine(
            config,
            store,
            payloads,
            new OutputCodec(redactor, config.maxBytes(), problems),
            problems,
            clock,
            enabled,
            cleanupSchedule::recorded);
    return new DefaultHookBus(engine, store, cleanupSchedule, problems, clock);
  }

  private static Store open(HookBusConfig config, Clock clock, Problems problems) {
    LongSupplier clockOffset =
        clock.equals(Clock.systemUTC())
            ? () -> 0
            : () -> clock.millis() - System.currentTimeMillis();
    Store store =
        Store.sqlite(
            new SqliteSettings(
                config.database().toAbsolutePath(),
                config.durability() == Durability.POWER,
                config.poolSize(),
                clockOffset));
    return config.durability() == Durability.ASYNC
        ? Store.groupCommitting(
            store,
            (failure, records) -> {
              for (int i = 0; i < records; i++) {
                problems.report(Problem.RECORD_LOST, String.valueOf(failure.getMessage()), failure);
              }
            })
        : store;
  }

  @Override
  public boolean isEnabled() {
    return engine.isEnabled();
  }

  @Override
  public Guard.Builder guard(String hook) {
    return new GuardSettings.Builder(
        hook, settings -> new EngineGuard(engine, settings, Invocation.unknown()));
  }

  @Override
  public <T> T guarded(Class<T> type, T target) {
    return GuardedProxy.create(this, type, target);
  }

  @Override
  public List<HookStats> stats(Duration window) {
    Attempt<List<HookStats>> stats =
        Attempt.shield(
            () -> {
              store.flush(Budget.of(Duration.ofSeconds(1)));
              return store.admin().stats(clock.instant().minus(window), null);
            });
    if (stats.error() != null) {
      problems.report(
          Problem.STORE_UNAVAILABLE, String.valueOf(stats.error().getMessage()), stats.error());
    }
    return stats.valueOr(List.of());
  }

  @Override
  public Telemetry telemetry() {
    return this;
  }

  @Override
  public void subscribe(ExecutionListener listener) {
    engine.subscribe(listener);
  }

  @Override
  public Map<Problem, Long> problems() {
    return problems.counts();
  }

  @Override
  public boolean flush(Duration patience) {
    return Attempt.run(() -> store.flush(Budget.of(patience))) == null;
  }

  @Override
  public void close() {
    cleanupSchedule.close();
    engine.close();
    Attempt.run(store::close);
  }
}
