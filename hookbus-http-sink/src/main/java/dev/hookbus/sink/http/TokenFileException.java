package dev.hookbus.sink.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bearer token's file holds none now; the message says why, and shows nothing of it. */
final class TokenFileException extends IOException {
  private static final long serialVersionUID = 1L;

  TokenFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
