package dev.hookbus.json;

/**
 * A text that is not JSON; the message names what was expected where, and never quotes the text.
 */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  JsonException(String expected, int offset) {
    super(expected + " expected at byte " + offset);
    this.offset = offset;
  }

  JsonException(String message) {
    super(message);
    this.offset = 0;
  }

  /** Bytes that lie before the place where reading stopped. */
  public int offset() {
    return offset;
  }
}
