package dev.hookbus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs code as a hook: correlated, timed, recorded and, with a key, once. Immutable and
 * thread-safe; make one per hook and keep it.
 *
 * <pre>{@code
 * static String answer(HookBus bus, String toolUseId) {
 *   Guard guard = bus.guard("post-tool-tracker").event("PostToolUse").tool("Edit").build();
 *   return guard.call(GuardKey.of("tool_track", toolUseId), () -> "tracked").orElse("");
 * }
 * }</pre>
 *
 * <p>Nothing that goes wrong in HookBus itself is thrown at the caller. Only the body's own
 * exception, the same object, goes on.
 */
public interface Guard {

  /** The same guard for one call of the host, about which this is known. */
  Guard with(Invocation invocation);

  /**
   * Runs {@code body} unless its work was done before. Strings, integers, longs, doubles and
   * booleans are kept and replayed to duplicates; for other types name the type.
   *
   * @param key the work's name; {@link GuardKey#none()} to run every time
   * @throws X what the body threw, as it is; the key is free again
   */
  @CanIgnoreReturnValue
  <T extends @Nullable Object, X extends Exception> GuardResult<T> call(
      GuardKey key, GuardedCallable<? extends T, X> body) throws X;

  /**
   * As {@link #call(GuardKey, GuardedCallable)}; a value of any type that Jackson can write and
   * read is replayed to duplicates.
   */
  @CanIgnoreReturnValue
  <T, X extends Exception> GuardResult<T> call(
      GuardKey key, Class<T> type, GuardedCallable<? extends T, X> body) throws X;

  /**
   * As {@link #call(GuardKey, GuardedCallable)}, for a body without a value. A duplicate is {@link
   * SkipReason#DUPLICATE}.
   */
  @CanIgnoreReturnValue
  <X extends Exception> GuardResult<@Nullable Void> run(GuardKey key, GuardedRunnable<X> body)
      throws X;

  /**
   * As {@link #call(GuardKey, GuardedCallable)}, for hooks that must never throw: what the body
   * threw comes back as {@link GuardResult.Failed}. Only a fatal {@link VirtualMachineError} goes
   * on.
   */
  @CanIgnoreReturnValue
  <T extends @Nullable Object> GuardResult<T> callSafely(
      GuardKey key, GuardedCallable<? extends T, ?> body);

  /** As {@link #callSafely(GuardKey, GuardedCallable)}, with a value of any type to replay. */
  @CanIgnoreReturnValue
  <T> GuardResult<T> callSafely(GuardKey key, Class<T> type, GuardedCallable<? extends T, ?> body);

  /** Opens a scope for code that is no lambda: early returns, breaks, locals. */
  @MustBeClosed
  GuardScope open(GuardKey key);

  /** Settings of a guard. Each has a default; durations must be positive. */
  interface Builder {

    /** The host's event, such as {@code PostToolUse}; {@code unknown} by default. */
    @CanIgnoreReturnValue
    Builder event(String event);

    /** The tool of calls whose {@link Invocation} names none. */
    @CanIgnoreReturnValue
    Builder tool(String tool);

    /** How long completed work is not done again; {@code HOOKBUS_DEDUPE_TTL} by default. */
    @CanIgnoreReturnValue
    Builder ttl(Duration ttl);

    /**
     * After which time another caller may take the key of an owner that died. Choose it longer than
     * the body can take; the default is the timeout plus 30 seconds, or 10 minutes.
     */
    @CanIgnoreReturnValue
    Builder lease(Duration lease);

    /** Interrupts the body after this time; never by default. */
    @CanIgnoreReturnValue
    Builder timeout(Duration timeout);

    /** How long a duplicate waits for work in progress; not at all by default. */
    @CanIgnoreReturnValue
    Builder waitForInProgress(Duration wait);

    /**
     * Skips the body if the store cannot say whether the work was done: for money, mail, deletes.
     * By default the body runs.
     */
    @CanIgnoreReturnValue
    Builder failClosed();

    /** Keeps the key of a failed body taken, so that it is not tried again. */
    @CanIgnoreReturnValue
    Builder keepKeyOnFailure();

    /**
     * The guard.
     *
     * @throws dev.hookbus.config.HookBusConfigException if a duration is not positive or the lease
     *     is shorter than the timeout
     */
    Guard build();
  }
}
