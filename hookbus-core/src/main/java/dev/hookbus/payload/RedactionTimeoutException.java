package dev.hookbus.payload;

/** A custom pattern took longer than its deadline, so the text must be treated as unredacted. */
public final class RedactionTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedactionTimeoutException(String rule) {
    super("The redaction pattern \"" + rule + "\" exceeded its deadline; simplify it.");
  }
}
