package dev.hookbus.payload;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/**
 * Replaces secrets and personal data by fixed tokens such as {@code [API_KEY_REDACTED]}.
 *
 * <p>Instances are immutable and safe for use by many threads. Redacting twice changes nothing, and
 * valid JSON stays valid JSON.
 *
 * <pre>{@code
 * String clean = Redactor.standard().redact("mail ann@example.com");
 * // mail [EMAIL_REDACTED]
 * }</pre>
 */
public interface Redactor {

  /** The shared redactor of mode {@link RedactionMode#STRICT} with the built-in rules only. */
  static Redactor standard() {
    return StandardRedactor.STRICT;
  }

  /** A redactor with the built-in rules only. */
  static Redactor of(RedactionMode mode) {
    return mode == RedactionMode.STRICT ? StandardRedactor.STRICT : builder().mode(mode).build();
  }

  /** Starts a redactor with rules of your own beside the built-in ones. */
  static Builder builder() {
    return new RedactorBuilder();
  }

  /** The mode given when this redactor was made. */
  RedactionMode mode();

  /**
   * Redacts UTF-8 text. Bytes that are not valid UTF-8 are passed through.
   *
   * @return the argument itself when nothing matched
   */
  byte[] redact(byte[] utf8);

  /**
   * Redacts text.
   *
   * @return the argument itself when nothing matched
   */
  String redact(String text);

  /** Redacts UTF-8 text and counts what was replaced. */
  Redaction apply(byte[] utf8);

  /**
   * Says what would be replaced, in order of appearance, and why. The answer never contains the
   * text that matched.
   */
  List<Finding> explain(String text);

  /**
   * A stream that redacts what is written to it and hands the result to {@code sink}. Closing it
   * passes on what is left; the sink is flushed but not closed. The output does not depend on how
   * the input is split into writes.
   *
   * @return a stream whose {@link RedactingStream#redactions()} is complete once it is closed
   */
  RedactingStream redactTo(OutputStream sink);

  /** Settings of a {@link Redactor}. Not safe for use by several threads. */
  interface Builder {

    /** How much is removed; {@link RedactionMode#STRICT} unless set. */
    @CanIgnoreReturnValue
    Builder mode(RedactionMode mode);

    /**
     * Adds names of fields whose value is always removed. Case and separators do not count: {@code
     * badgeNumber} also covers {@code badge_number} and {@code BADGE-NUMBER}.
     *
     * @throws IllegalArgumentException if a name has no letter
     */
    @CanIgnoreReturnValue
    Builder fields(String... names);

    /**
     * Adds a regular expression that is tried only where {@code literal} occurs, in a window of
     * 1,024 bytes around it, and given up after the deadline.
     *
     * @param name a short name for {@link Finding#rule()}
     * @param literal text of at least 3 characters, matched without regard to ASCII case, that
     *     every match contains
     * @param regex a pattern for {@link java.util.regex.Pattern}; the whole match is replaced, or
     *     group 1 if the pattern has one
     * @throws IllegalArgumentException if the literal is too short or the pattern malformed
     */
    @CanIgnoreReturnValue
    Builder pattern(String name, String literal, String regex);

    /**
     * How long all custom patterns together may take on one text; 50 ms unless set. A text that
     * takes longer makes the redactor throw {@link RedactionTimeoutException}.
     *
     * @throws IllegalArgumentException if the deadline is zero or negative
     */
    @CanIgnoreReturnValue
    Builder patternDeadline(Duration deadline);

    /** The redactor. */
    Redactor build();
  }
}
