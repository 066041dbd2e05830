package dev.hookbus;

import dev.hookbus.correlation.CorrelationId;
import dev.hookbus.safety.Attempt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs bodies and does nothing else. */
final class BareGuard implements Guard {

  static final BareGuard INSTANCE = new BareGuard();

  private BareGuard() {}

  @Override
  public Guard with(Invocation invocation) {
    return this;
  }

  @Override
  public <T extends @Nullable Object, X extends Exception> GuardResult<T> call(
      GuardKey key, GuardedCallable<? extends T, X> body) throws X {
    return new GuardResult.Executed<>(body.call(), false);
  }

  @Override
  public <T, X extends Exception> GuardResult<T> call(
      GuardKey key, Class<T> type, GuardedCallable<? extends T, X> body) throws X {
    return new GuardResult.Executed<>(body.call(), false);
  }

  @Override
  @SuppressWarnings("NullAway") // T is @Nullable Void here
  public <X extends Exception> GuardResult<@Nullable Void> run(
      GuardKey key, GuardedRunnable<X> body) throws X {
    body.run();
    return new GuardResult.Executed<>(null, false);
  }

  @Override
  public <T extends @Nullable Object> GuardResult<T> callSafely(
      GuardKey key, GuardedCallable<? extends T, ?> body) {
    Attempt<T> attempt = Attempt.shield(body);
    Throwable error = attempt.error();
    return error == null
        ? new GuardResult.Executed<>(attempt.value(), false)
        : new GuardResult.Failed<>(error);
  }

  @Override
  public <T> GuardResult<T> callSafely(
      GuardKey key, Class<T> type, GuardedCallable<? extends T, ?> body) {
    return callSafely(key, body);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // there is nothing to close
  public GuardScope open(GuardKey key) {
    return BareScope.INSTANCE;
  }

  private enum BareScope implements GuardScope {
    INSTANCE;

    private static final CorrelationId NOBODY = new CorrelationId("0000000000000000");

    @Override
    public boolean shouldRun() {
      return true;
    }

    @Override
    public Optional<SkipReason> skipReason() {
      return Optional.empty();
    }

    @Override
    public <T> Optional<T> replayedOutput(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public CorrelationId correlationId() {
      return NOBODY;
    }

    @Override
    public long fence() {
      return 0;
    }

    @Override
    public void complete() {
      // Nobody asks.
    }

    @Override
    public <T extends @Nullable Object> T complete(T output) {
      return output;
    }

    @Override
    public <X extends Throwable> X fail(X cause) {
      return cause;
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }
}
