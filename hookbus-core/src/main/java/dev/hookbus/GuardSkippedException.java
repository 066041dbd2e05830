package dev.hookbus;

import org.jspecify.annotations.Nullable;

/** Thrown by {@link GuardResult#orElseThrow()} where there is no value. */
public final class GuardSkippedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  GuardSkippedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
