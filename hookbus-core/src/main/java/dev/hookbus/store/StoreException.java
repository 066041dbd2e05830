package dev.hookbus.store;

import org.jspecify.annotations.Nullable;

/** The store could not do what it was asked. The message names the cause and what to change. */
public final class StoreException extends Exception {

  private static final long serialVersionUID = 1;

  /** A failure with its cause, if an exception is behind it. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
