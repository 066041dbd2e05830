package dev.hookbus.json;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document. Members without a value are left out, so that no {@code null} can get
 * in but by a {@link JsonValue} that holds one.
 *
 * <pre>{@code
 * String answer =
 *     new JsonWriter()
 *         .beginObject()
 *         .field("decision", "block")
 *         .field("reason", "the tests fail")
 *         .endObject()
 *         .finish();
 * }</pre>
 *
 * <p>For one thread. Every method throws {@link IllegalStateException} where its part can't stand.
 */
public final class JsonWriter {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder();

  /** The brackets that are open, the innermost last. */
  private final StringBuilder open = new StringBuilder();

  private final boolean indented;
  private boolean first = true;
  private boolean named;
  private boolean complete;

  /** Starts a document on one line. */
  public JsonWriter() {
    this(false);
  }

  private JsonWriter(boolean indented) {
    this.indented = indented;
  }

  /** Starts a document for people: a line for every member and item, indented by two blanks. */
  public static JsonWriter indented() {
    return new JsonWriter(true);
  }

  /** Opens an object. */
  @CanIgnoreReturnValue
  public JsonWriter beginObject() {
    return begin('{');
  }

  /** Closes the object. */
  @CanIgnoreReturnValue
  public JsonWriter endObject() {
    return end('{', '}');
  }

  /** Opens an array. */
  @CanIgnoreReturnValue
  public JsonWriter beginArray() {
    return begin('[');
  }

  /** Closes the array. */
  @CanIgnoreReturnValue
  public JsonWriter endArray() {
    return end('[', ']');
  }

  /** Writes a member's name; its value must follow. */
  @CanIgnoreReturnValue
  public JsonWriter name(String name) {
    if (innermost() != '{' || named) {
      throw new IllegalStateException("a name can't stand here");
    }
    separate();
    quote(name);
    text.append(indented ? ": " : ":");
    named = true;
    return this;
  }

  /** Writes a string. */
  @CanIgnoreReturnValue
  public JsonWriter value(String value) {
    beforeValue();
    quote(value);
    return afterValue();
  }

  /** Writes a whole number. */
  @CanIgnoreReturnValue
  public JsonWriter value(long value) {
    return literal(Long.toString(value));
  }

  /**
   * Writes a number.
   *
   * @throws IllegalArgumentException if it is infinite or none
   */
  @CanIgnoreReturnValue
  public JsonWriter value(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no infinite numbers");
    }
    return literal(Double.toString(value));
  }

  /** Writes {@code true} or {@code false}. */
  @CanIgnoreReturnValue
  public JsonWriter value(boolean value) {
    return literal(value ? "true" : "false");
  }

  /** Writes a value as it stands in its own document. */
  @CanIgnoreReturnValue
  public JsonWriter value(JsonValue value) {
    return literal(value.toString());
  }

  /** Writes a member; none if {@code value} is {@code null}. */
  @CanIgnoreReturnValue
  public JsonWriter field(String name, @Nullable String value) {
    return value == null ? this : name(name).value(value);
  }

  /** Writes a member. */
  @CanIgnoreReturnValue
  public JsonWriter field(String name, long value) {
    return name(name).value(value);
  }

  /** Writes a member. */
  @CanIgnoreReturnValue
  public JsonWriter field(String name, boolean value) {
    return name(name).value(value);
  }

  /** Writes a member; none if {@code value} is {@code null}. */
  @CanIgnoreReturnValue
  public JsonWriter field(String name, @Nullable JsonValue value) {
    return value == null ? this : name(name).value(value);
  }

  /** Writes a member with an array of strings; none if {@code values} is {@code null}. */
  @CanIgnoreReturnValue
  public JsonWriter field(String name, @Nullable Iterable<String> values) {
    if (values == null) {
      return this;
    }
    name(name).beginArray();
    for (String value : values) {
      value(value);
    }
    return endArray();
  }

  /**
   * The document.
   *
   * @throws IllegalStateException if it is not complete
   */
  public String finish() {
    if (!complete) {
      throw new IllegalStateException("the document is not complete");
    }
    return text.toString();
  }

  /**
   * The document as a value.
   *
   * @throws IllegalStateException if it is not complete
   */
  public JsonValue toValue() {
    return JsonValue.parse(finish().getBytes(StandardCharsets.UTF_8));
  }

  /** What has been written so far. */
  @Override
  public String toString() {
    return text.toString();
  }

  private JsonWriter literal(String literal) {
    beforeValue();
    text.append(literal);
    return afterValue();
  }

  private JsonWriter begin(char bracket) {
    beforeValue();
    text.append(bracket);
    open.append(bracket);
    first = true;
    return this;
  }

  private JsonWriter end(char begin, char end) {
    if (innermost() != begin || named) {
      throw new IllegalStateException("'" + end + "' can't stand here");
    }
    open.setLength(open.length() - 1);
    if (indented && !first) {
      newLine();
    }
    text.append(end);
    return afterValue();
  }

  private char innermost() {
    return open.length() == 0 ? 0 : open.charAt(open.length() - 1);
  }

  private void beforeValue() {
    if (complete || (innermost() == '{' && !named)) {
      throw new IllegalStateException("a value can't stand here");
    }
    if (innermost() == '[') {
      separate();
    }
    named = false;
  }

  private JsonWriter afterValue() {
    first = false;
    complete = open.length() == 0;
    return this;
  }

  private void separate() {
    if (!first) {
      text.append(',');
    }
    if (indented) {
      newLine();
    }
  }

  private void newLine() {
    text.append('\n');
    for (int i = 0; i < open.length(); i++) {
      text.append("  ");
    }
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || isLoneSurrogate(value, i)) {
        escape(c);
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /** Half a pair has no UTF-8, so it can only be written as an escape. */
  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }

  private void escape(char c) {
    int letter = "\b\f\n\r\t".indexOf(c);
    text.append('\\');
    if (letter >= 0) {
      text.append("bfnrt".charAt(letter));
    } else {
      text.append('u');
      for (int shift = 12; shift >= 0; shift -= 4) {
        text.append(HEX.charAt(c >> shift & 0xF));
      }
    }
  }
}
