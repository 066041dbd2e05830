package dev.hookbus.event;

/** A text that is not an event envelope; the message names the cause and never quotes the text. */
public final class EventFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EventFormatException(String message) {
    super(message);
  }

  EventFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
