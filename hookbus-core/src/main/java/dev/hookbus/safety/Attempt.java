package dev.hookbus.safety;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What became of a piece of code: a value, or whatever it threw.
 *
 * <p>This is the only place of the library that catches {@link Throwable}. Everything that must not
 * reach the host, and the host's own body whose failure must be recorded before it goes on, runs
 * through here.
 *
 * @param <T> the value's type; the value may be {@code null}
 */
public final class Attempt<T extends @Nullable Object> {

  private final T value;
  private final @Nullable Throwable error;

  private Attempt(T value, @Nullable Throwable error) {
    this.value = value;
    this.error = error;
  }

  /**
   * Runs {@code code} and keeps everything it throws, fatal errors included. The caller decides
   * what goes on.
   */
  @SuppressWarnings("NullAway") // a failed attempt has no value, and nobody reads it
  public static <T extends @Nullable Object> Attempt<T> capture(Callable<? extends T> code) {
    try {
      return new Attempt<>(code.call(), null);
    } catch (Throwable thrown) {
      return new Attempt<>(null, thrown);
    }
  }

  /**
   * Runs code whose failure must not reach the host. Only a fatal error goes on, because no library
   * may keep a dying virtual machine to itself. A thread that was interrupted stays interrupted.
   */
  public static <T extends @Nullable Object> Attempt<T> shield(Callable<? extends T> code) {
    Attempt<T> attempt = capture(code);
    if (attempt.error != null) {
      shieldFrom(attempt.error);
    }
    return attempt;
  }

  /**
   * As {@link #shield}, for code without a value.
   *
   * @return what it threw, or {@code null}
   */
  public static @Nullable Throwable run(Action action) {
    try {
      action.run();
      return null;
    } catch (Throwable thrown) {
      shieldFrom(thrown);
      return thrown;
    }
  }

  /** Code without a value. */
  @FunctionalInterface
  public interface Action {

    /** Does it. */
    void run() throws Exception;
  }

  /** Keeps a captured error from the host, but for what {@link #shield} lets go on. */
  public static void shieldFrom(Throwable error) {
    if (isFatal(error)) {
      throw (VirtualMachineError) error;
    }
    if (error instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether {@code error} says that the virtual machine itself can't go on. */
  public static boolean isFatal(Throwable error) {
    return error instanceof VirtualMachineError && !(error instanceof StackOverflowError);
  }

  /** What was thrown, or {@code null} if the code ended normally. */
  public @Nullable Throwable error() {
    return error;
  }

  /** The value; meaningless unless {@link #error()} is {@code null}. */
  public T value() {
    return value;
  }

  /** Throws {@code error} itself, checked or not, undeclared and unwrapped. */
  public static void rethrow(Throwable error) {
    Attempt.<RuntimeException>sneak(error);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void sneak(Throwable error) throws X {
    throw (X) error;
  }

  /** The value, or {@code other} if the code threw. */
  public T valueOr(T other) {
    return error == null ? value : other;
  }
}
