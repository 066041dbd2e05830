package dev.hookbus;

/**
 * A body that gives no value.
 *
 * @param <X> what the body may throw; unchecked if it declares nothing
 */
@FunctionalInterface
public interface GuardedRunnable<X extends Exception> {

  /** Does the work. */
  void run() throws X;
}
