package dev.hookbus;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A body that gives a value.
 *
 * @param <T> the value's type
 * @param <X> what the body may throw; unchecked if it declares nothing
 */
@FunctionalInterface
public interface GuardedCallable<T extends @Nullable Object, X extends Exception>
    extends Callable<T> {

  /** Does the work. */
  @Override
  T call() throws X;
}
