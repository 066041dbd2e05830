package dev.hookbus;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.correlation.Correlation;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.metrics.ExecutionListener;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.SinkGauge;
import dev.hookbus.metrics.Telemetry;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.Redactor;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import dev.hookbus.sink.CircuitBreaker;
import dev.hookbus.sink.FlushReport;
import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkStatus;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Durability;
import dev.hookbus.store.PostgresSettings;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreUrl;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The bus that is on. */
final class DefaultHookBus implements HookBus, Telemetry {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final GuardEngine engine;
  private final Store store;
  private final CleanupSchedule cleanupSchedule;
  private final @Nullable Delivery delivery;
  private final Problems problems;
  private final Clock clock;

  private DefaultHookBus(
      GuardEngine engine,
      Store store,
      CleanupSchedule cleanupSchedule,
      @Nullable Delivery delivery,
      Problems problems,
      Clock clock) {
    this.engine = engine;
    this.store = store;
    this.cleanupSchedule = cleanupSchedule;
    this.delivery = delivery;
    this.problems = problems;
    this.clock = clock;
  }

  static HookBus start(
      HookBusConfig config,
      BooleanSupplier enabled,
      Redactor redactor,
      List<Sink> sinks,
      Clock clock,
      Problems problems,
      Consumer<String> onBadFlag) {
    problems.scrubWith(
        new UnaryOperator<>() {
          @Override
          public String apply(String line) {
            return redactor.redact(line);
          }
        });
    Store store = open(config, clock, problems);
    CleanupSchedule cleanupSchedule = new CleanupSchedule(store, config.retention(), problems);
    PayloadPipeline.Builder payloads =
        PayloadPipeline.builder().redactor(redactor).maxBytes(config.maxBytes());
    Delivery delivery =
        Delivery.start(config, store, sinks, payloads.build(), problems, clock, onBadFlag);
    GuardEngine engine =
        new GuardEngine(
            config,
            store,
            payloads.compress(config.compress()).build(),
            new OutputCodec(redactor, config.maxBytes(), problems),
            delivery,
            problems,
            clock,
            enabled,
            cleanupSchedule);
    return new DefaultHookBus(engine, store, cleanupSchedule, delivery, problems, clock);
  }

  private static Store open(HookBusConfig config, Clock clock, Problems problems) {
    LongSupplier clockOffset =
        clock.equals(Clock.systemUTC())
            ? new LongSupplier() {
              @Override
              public long getAsLong() {
                return 0;
              }
            }
            : () -> clock.millis() - System.currentTimeMillis();
    StoreUrl shared = config.storeUrl();
    SqliteSettings file =
        new SqliteSettings(
            config.database().toAbsolutePath(),
            config.durability() == Durability.POWER,
            config.poolSize(),
            clockOffset);
    Store store =
        shared == null
            ? Store.sqlite(file)
            : Store.shared(
                new PostgresSettings(shared, config.poolSize(), true, clockOffset),
                file,
                away ->
                    problems.report(
                        Problem.STORE_UNAVAILABLE,
                        away.getMessage() + "; the record waits on this machine",
                        away.getCause()),
                dropped -> {
                  for (long i = 0; i < dropped; i++) {
                    problems.report(
                        Problem.RECORD_DROPPED,
                        dropped + " records that waited for the shared store were dropped");
                  }
                });
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
        hook,
        new Function<>() {
          @Override
          public Guard apply(GuardSettings settings) {
            return new EngineGuard(engine, settings, Invocation.unknown());
          }
        });
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
              long unused = store.flush(Budget.of(Duration.ofSeconds(1)));
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
  public List<SinkGauge> sinks() {
    return delivery == null
        ? List.of()
        : Attempt.shield(() -> delivery.status().stream().map(DefaultHookBus::gauge).toList())
            .valueOr(List.of());
  }

  private static SinkGauge gauge(SinkStatus status) {
    return new SinkGauge(
        status.sink(),
        status.backlog(),
        status.oldestAge() == null ? 0 : status.oldestAge().toMillis() / 1000.0,
        status.delivered(),
        status.rate(),
        status.deadLetters(),
        status.dropped().values().stream().mapToLong(Long::longValue).sum(),
        status.breaker().state() == CircuitBreaker.State.OPEN);
  }

  @Override
  public EventFactory events(@Nullable String sessionId) {
    Correlation correlation = engine.correlationOf(sessionId);
    return delivery == null
        ? HookBus.disabled().events(correlation.sessionId())
        : delivery.events(correlation);
  }

  @Override
  public boolean emit(Event event) {
    return delivery != null && engine.isEnabled() && delivery.emit(event, engine.newBudget());
  }

  @Override
  public FlushReport flush(Duration patience) {
    long start = System.nanoTime();
    long queued = store.flush(Budget.of(patience));
    if (delivery == null) {
      return new FlushReport(0, queued, 0, 0);
    }
    Duration left = patience.minusNanos(System.nanoTime() - start);
    FlushReport failed = new FlushReport(0, Long.MAX_VALUE, 0, 0);
    return Attempt.shield(() -> delivery.flush(left.isNegative() ? Duration.ZERO : left))
        .valueOr(failed)
        .withMoreLeft(queued);
  }

  @Override
  public void close() {
    cleanupSchedule.close();
    engine.close();
    if (delivery != null) {
      Attempt.run(() -> store.flush(Budget.of(CLOSE_PATIENCE)));
      delivery.close();
    }
    Attempt.run(
        new Attempt.Action() {
          @Override
          public void run() {
            store.close();
          }
        });
  }
}
