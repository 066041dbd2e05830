package dev.hookbus;

import dev.hookbus.correlation.Correlation;
import dev.hookbus.correlation.CorrelationId;
import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.Problem;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A guarded call in the hands of a try-with-resources block. */
final class RunScope implements GuardScope {

  private enum Outcome {
    UNKNOWN,
    COMPLETED,
    FAILED
  }

  private final GuardEngine engine;
  private final GuardRun run;
  private final Watchdog.@Nullable Watch watch;
  private final Attempt<Correlation.Scope> context;
  private Outcome outcome = Outcome.UNKNOWN;
  private boolean keepOutput;
  private @Nullable Object output;
  private @Nullable Throwable cause;
  private boolean closed;

  private RunScope(
      GuardEngine engine,
      GuardRun run,
      Watchdog.@Nullable Watch watch,
      Attempt<Correlation.Scope> context) {
    this.engine = engine;
    this.run = run;
    this.watch = watch;
    this.context = context;
  }

  static RunScope start(GuardEngine engine, GuardRun run) {
    Attempt<Correlation.Scope> context =
        Attempt.shield(
            new Callable<>() {
              @Override
              @SuppressWarnings("MustBeClosedChecker") // the attempt's value is closed
              public Correlation.Scope call() {
                return run.correlation().makeCurrent();
              }
            });
    return new RunScope(engine, run, run.skipReason() == null ? run.startWatch() : null, context);
  }

  @Override
  public boolean shouldRun() {
    return run.skipReason() == null;
  }

  @Override
  public Optional<SkipReason> skipReason() {
    return Optional.ofNullable(run.skipReason());
  }

  @Override
  public <T> Optional<T> replayedOutput(Class<T> type) {
    return engine
        .outputs()
        .decode(run.replay(), type)
        .map(decoded -> OutputCodec.boxed(type).cast(decoded.value()));
  }

  @Override
  public CorrelationId correlationId() {
    return run.correlation().correlationId();
  }

  @Override
  public long fence() {
    return run.fence();
  }

  @Override
  public void complete() {
    declare(Outcome.COMPLETED);
  }

  @Override
  public <T extends @Nullable Object> T complete(T output) {
    declare(Outcome.COMPLETED);
    this.keepOutput = true;
    this.output = output;
    return output;
  }

  @Override
  public <X extends Throwable> X fail(X cause) {
    declare(Outcome.FAILED);
    this.cause = cause;
    return cause;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (shouldRun()) {
      if (outcome == Outcome.UNKNOWN) {
        endBody();
      }
      settle();
    }
    if (context.error() == null) {
      Attempt.run(context.value());
    }
  }

  private void declare(Outcome declared) {
    if (shouldRun() && !closed) {
      outcome = declared;
      endBody();
    }
  }

  private void endBody() {
    run.endBody();
    run.stopWatch(watch);
  }

  private void settle() {
    Throwable failure = cause;
    if (outcome == Outcome.UNKNOWN && run.timedOut()) {
      run.failWith(run.timeoutText());
    } else if (outcome == Outcome.COMPLETED) {
      run.succeed(keepOutput && run.fence() > 0 ? engine.outputs().encode(output, true) : null);
    } else if (failure != null) {
      run.fail(failure);
    } else {
      engine
          .problems()
          .report(
              Problem.SCOPE_NOT_COMPLETED,
              "a scope was closed without complete(); its work counts as failed");
      run.failWith("closed without complete()");
    }
  }
}
