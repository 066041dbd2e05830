package dev.hookbus.sink.chroma;

import org.jspecify.annotations.Nullable;

/** A question could not be answered; the message says why and what to do, and holds no secret. */
public final class ChromaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChromaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
