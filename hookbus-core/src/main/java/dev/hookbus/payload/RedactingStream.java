package dev.hookbus.payload;

import java.io.OutputStream;
import java.util.Map;

/** A stream that redacts UTF-8 text on its way to another stream. */
public abstract class RedactingStream extends OutputStream {

  /** For implementations of {@link Redactor}. */
  protected RedactingStream() {}

  /** How often each kind was replaced so far, by name of the kind. */
  public abstract Map<String, Integer> redactions();
}
