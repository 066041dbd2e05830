package dev.hookbus;

import dev.hookbus.idempotency.StoredOutput;
import dev.hookbus.safety.Attempt;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A guard that works. */
final class EngineGuard implements Guard {

  private final GuardEngine engine;
  private final GuardSettings settings;
  private final Invocation invocation;

  EngineGuard(GuardEngine engine, GuardSettings settings, Invocation invocation) {
    this.engine = engine;
    this.settings = settings;
    this.invocation = invocation;
  }

  @Override
  public Guard with(Invocation invocation) {
    return new EngineGuard(engine, settings, invocation);
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> GuardResult<T> call(
      GuardKey key, GuardedCallable<? extends T, X> body) throws X {
    if (!engine.isActive(settings, invocation)) {
      return BareGuard.INSTANCE.call(key, body);
    }
    return rethrowing(guarded(key, body, OutputType.SELF_DESCRIBING));
  }

  @Override
  public <T, X extends Exception> GuardResult<T> call(
      GuardKey key, Class<T> type, GuardedCallable<? extends T, X> body) throws X {
    if (!engine.isActive(settings, invocation)) {
      return BareGuard.INSTANCE.call(key, body);
    }
    return rethrowing(guarded(key, body, OutputType.of(type)));
  }

  @Override
  public <X extends Exception> GuardResult<@Nullable Void> run(
      GuardKey key, GuardedRunnable<X> body) throws X {
    if (!engine.isActive(settings, invocation)) {
      return BareGuard.INSTANCE.run(key, body);
    }
    return rethrowing(
        guarded(
            key,
            () -> {
              body.run();
              return null;
            },
            OutputType.NONE));
  }

  @Override
  public <T extends @Nullable Object> GuardResult<T> callSafely(
      GuardKey key, GuardedCallable<? extends T, ?> body) {
    return safely(key, body, OutputType.SELF_DESCRIBING);
  }

  @Override
  public <T> GuardResult<T> callSafely(
      GuardKey key, Class<T> type, GuardedCallable<? extends T, ?> body) {
    return safely(key, body, OutputType.of(type));
  }

  private <T extends @Nullable Object> GuardResult<T> safely(
      GuardKey key, GuardedCallable<? extends T, ?> body, OutputType type) {
    if (!engine.isActive(settings, invocation)) {
      return BareGuard.INSTANCE.callSafely(key, body);
    }
    GuardResult<T> result = guarded(key, body, type);
    if (!result.executed() && result instanceof GuardResult.Failed<T> failed) {
      Attempt.shieldFrom(failed.error());
    }
    return result;
  }

  /** As {@link #call(GuardKey, Class, GuardedCallable)}, for a type known by reflection. */
  GuardResult<@Nullable Object> call(
      GuardKey key, Type type, Callable<? extends @Nullable Object> body) throws Exception {
    if (!engine.isActive(settings, invocation)) {
      return BareGuard.INSTANCE.call(key, body::call);
    }
    return rethrowing(guarded(key, body, OutputType.of(type)));
  }

  /** Guards work that goes on after the body has returned: it is settled when the stage ends. */
  @Nullable CompletionStage<?> callStage(
      GuardKey key, Type type, Callable<? extends @Nullable CompletionStage<?>> body)
      throws Exception {
    if (!engine.isActive(settings, invocation)) {
      return body.call();
    }
    OutputType output = OutputType.of(type);
    GuardRun run = engine.open(settings, invocation, key);
    SkipReason skipped = run.skipReason();
    if (skipped != null) {
      return CompletableFuture.completedFuture(valueOrNull(notRun(run, skipped, output)));
    }
    Attempt<@Nullable CompletionStage<?>> started = run.execute(body);
    Throwable error = started.error();
    if (error != null) {
      run.fail(error);
      Attempt.rethrow(error);
    }
    CompletionStage<?> stage = started.value();
    if (stage == null) {
      run.succeed(null);
      return null;
    }
    return stage.whenComplete(
        (value, failure) -> {
          run.endBody();
          if (failure == null) {
            run.succeed(outputToKeep(run, value, output));
          } else {
            run.fail(failure instanceof CompletionException ? causeOf(failure) : failure);
          }
        });
  }

  @SuppressWarnings("NullAway") // T is @Nullable Object here
  private static @Nullable Object valueOrNull(GuardResult<@Nullable Object> result) {
    return result.orElse(null);
  }

  private static Throwable causeOf(Throwable wrapper) {
    Throwable cause = wrapper.getCause();
    return cause == null ? wrapper : cause;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  public GuardScope open(GuardKey key) {
    if (!engine.isActive(settings, invocation)) {
      return BareGuard.INSTANCE.open(key);
    }
    return RunScope.start(engine, engine.open(settings, invocation, key));
  }

  /** How outputs of a call are kept and replayed. */
  private record OutputType(boolean kept, boolean asJson, @Nullable Type type) {

    static final OutputType NONE = new OutputType(false, false, null);
    static final OutputType SELF_DESCRIBING = new OutputType(true, false, null);

    static OutputType of(Type type) {
      return new OutputType(true, true, type);
    }
  }

  private <T extends @Nullable Object> GuardResult<T> guarded(
      GuardKey key, Callable<? extends T> body, OutputType type) {
    GuardRun run = engine.open(settings, invocation, key);
    SkipReason skipped = run.skipReason();
    if (skipped != null) {
      return notRun(run, skipped, type);
    }
    Attempt<T> attempt = run.execute(body);
    Throwable error = attempt.error();
    if (error == null) {
      run.succeed(outputToKeep(run, attempt.value(), type));
      return new GuardResult.Executed<>(attempt.value(), run.degraded());
    }
    run.fail(error);
    Duration timeout = settings.timeout();
    if (run.timedOut() && timeout != null && !Attempt.isFatal(error)) {
      return new GuardResult.TimedOut<>(timeout, error);
    }
    return new GuardResult.Failed<>(error);
  }

  private @Nullable StoredOutput outputToKeep(
      GuardRun run, @Nullable Object output, OutputType type) {
    return type.kept && run.fence() > 0 ? engine.outputs().encode(output, type.asJson) : null;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // kept by a call with the same key, null or not
  private <T extends @Nullable Object> GuardResult<T> notRun(
      GuardRun run, SkipReason reason, OutputType type) {
    if (type.kept && reason == SkipReason.DUPLICATE) {
      Optional<OutputCodec.Decoded> decoded = engine.outputs().decode(run.replay(), type.type);
      if (decoded.isPresent()) {
        return new GuardResult.Replayed<>((T) decoded.get().value(), run.completedAt());
      }
    }
    return new GuardResult.Skipped<>(reason);
  }

  /** Lets the body's own exception go on; every other result is the caller's. */
  private static <T extends @Nullable Object> GuardResult<T> rethrowing(GuardResult<T> result) {
    if (result instanceof GuardResult.Failed<T> failed) {
      Attempt.rethrow(failed.error());
    }
    return result;
  }
}
