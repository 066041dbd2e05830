package dev.hookbus;

import dev.hookbus.correlation.CorrelationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guarded piece of code between {@code open} and {@code close}, for try-with-resources. Belongs
 * to the thread that opened it.
 *
 * <p>{@code close} cannot see whether the block threw, so <b>success is declared</b>: a scope that
 * is closed without {@code complete} failed, and its key is free again. A success declared by
 * mistake would suppress real work until the time to live ends; a failure only lets it run again.
 */
public interface GuardScope extends AutoCloseable {

  /** Whether the work is to be done now. If not, {@link #skipReason()} says why. */
  boolean shouldRun();

  /** Why the work is not to be done; empty if it is. */
  Optional<SkipReason> skipReason();

  /**
   * What the work returned when it was done.
   *
   * @return empty if this is no duplicate, or if the output was not kept or is not a {@code T}
   */
  <T> Optional<T> replayedOutput(Class<T> type);

  /** This call's correlation ID. */
  CorrelationId correlationId();

  /**
   * How many owners the key has had since it was last given free, this one included; 0 without a
   * claim. Grows with each takeover.
   */
  long fence();

  /** Declares that the work is done and has no output to keep. */
  void complete();

  /**
   * Declares that the work is done.
   *
   * @param output what to replay to duplicates; kept if it fits {@code HOOKBUS_MAX_BYTES} and holds
   *     nothing the redactor would remove
   * @return {@code output}
   */
  <T extends @Nullable Object> T complete(T output);

  /**
   * Says why the work failed, and takes back an earlier {@code complete}.
   *
   * @return {@code cause}, to be thrown
   */
  <X extends Throwable> X fail(X cause);

  /** Records the outcome and settles the key. Never throws; closing twice does nothing. */
  @Override
  void close();
}
