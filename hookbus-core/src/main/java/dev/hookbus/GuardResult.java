package dev.hookbus;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of a guarded call.
 *
 * <pre>{@code
 * static String describe(GuardResult<String> result) {
 *   if (result instanceof GuardResult.Executed<String> executed) {
 *     return "ran: " + executed.value();
 *   }
 *   return result.orElse("did not run");
 * }
 * }</pre>
 *
 * @param <T> type of the body's value
 */
public sealed interface GuardResult<T extends @Nullable Object> {

  /**
   * The body ran and ended normally.
   *
   * @param value what it returned
   * @param degraded whether the store failed this call: it ran without its claim, or is not on
   *     record
   */
  record Executed<T extends @Nullable Object>(T value, boolean degraded)
      implements GuardResult<T> {}

  /**
   * The work was done before; this is what it returned then.
   *
   * @param value the same value
   * @param completedAt when the work was done
   */
  record Replayed<T extends @Nullable Object>(T value, Instant completedAt)
      implements GuardResult<T> {}

  /**
   * The body was not run, and there is no value.
   *
   * @param reason why
   */
  record Skipped<T extends @Nullable Object>(SkipReason reason) implements GuardResult<T> {}

  /**
   * The body was interrupted at the guard's timeout, and threw.
   *
   * @param timeout how long it was given
   * @param cause what it threw
   */
  record TimedOut<T extends @Nullable Object>(Duration timeout, Throwable cause)
      implements GuardResult<T> {}

  /**
   * The body threw. Only {@link Guard#callSafely} says so; other calls let the exception go on.
   *
   * @param error what it threw
   */
  record Failed<T extends @Nullable Object>(Throwable error) implements GuardResult<T> {}

  /** Whether the body ran to its normal end in this call. */
  default boolean executed() {
    return this instanceof Executed;
  }

  /** The value, executed or replayed, or else {@code other}. */
  default T orElse(T other) {
    if (this instanceof Executed<T> executed) {
      return executed.value();
    }
    return this instanceof Replayed<T> replayed ? replayed.value() : other;
  }

  /** The value, executed or replayed, or else what {@code other} gives. */
  default T orElseGet(Supplier<? extends T> other) {
    if (this instanceof Executed<T> executed) {
      return executed.value();
    }
    if (this instanceof Replayed<T> replayed) {
      return replayed.value();
    }
    return other.get();
  }

  /**
   * The value, executed or replayed.
   *
   * @throws GuardSkippedException if there is none, saying why, with the body's exception as cause
   */
  default T orElseThrow() {
    if (this instanceof Skipped<T> skipped) {
      throw new GuardSkippedException("the body was not run: " + skipped.reason(), null);
    }
    if (this instanceof TimedOut<T> timedOut) {
      throw new GuardSkippedException(
          "the body was interrupted after " + timedOut.timeout(), timedOut.cause());
    }
    if (this instanceof Failed<T> failed) {
      throw new GuardSkippedException("the body failed", failed.error());
    }
    return orElseGet(
        () -> {
          throw new IllegalStateException("every result without a value was handled");
        });
  }
}
