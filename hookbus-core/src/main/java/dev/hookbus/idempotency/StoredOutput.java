package dev.hookbus.idempotency;

/**
 * An output as kept for replay.
 *
 * @param kind what the text is
 * @param text the output as text; holds nothing the redactor would remove
 */
public record StoredOutput(Kind kind, String text) {

  /** How to read an output's text. The codes are stored and never change. */
  public enum Kind {
    /** Java {@code null}. */
    NULL('n'),
    /** A {@link String} as it is. */
    STRING('s'),
    /** An {@link Integer} in decimal. */
    INTEGER('i'),
    /** A {@link Long} in decimal. */
    LONG('l'),
    /** A {@link Double} as {@link Double#toString(double)} writes it. */
    DOUBLE('d'),
    /** {@code true} or {@code false}. */
    BOOLEAN('b'),
    /** A JSON document; only a caller who names the type gets it back. */
    JSON('j');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    /** The character that is stored. */
    public char code() {
      return code;
    }

    /**
     * The kind with this code.
     *
     * @throws IllegalArgumentException if there is none, as in a row of a newer version
     */
    public static Kind ofCode(char code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown kind of stored output: " + code);
    }
  }
}
