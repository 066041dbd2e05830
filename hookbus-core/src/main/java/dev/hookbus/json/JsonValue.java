package dev.hookbus.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as it stands in its document: a view of the bytes, read further only where asked.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * JsonValue call = JsonValue.parse("{\"tool\":\"Bash\",\"input\":{\"command\":\"ls\"}}");
 * String tool = call.text("tool");
 * JsonValue input = call.get("input");
 * }</pre>
 *
 * <p>Reading is strict, as RFC 8259: no comments, no trailing commas, one value per document. All
 * of a document is checked when it is parsed, nested values too; they are taken apart when somebody
 * looks into them. What the standard leaves open:
 *
 * <ul>
 *   <li>at most 64 MiB and 500 levels of nesting
 *   <li>a byte order mark at the begin is passed over; bytes that are not UTF-8 are refused
 *   <li>of members with the same name the last one counts, as in JavaScript; {@link #members()}
 *       shows all
 *   <li>numbers of any size are read; those that fit no Java type still have their text
 *   <li>an escape may stand for half a surrogate pair; it is read and written as it is
 * </ul>
 */
public final class JsonValue {

  /** Most bytes of a document. */
  public static final int MAX_BYTES = 64 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Digits that every long can hold. */
  private static final int SAFE_DIGITS = 18;

  private static final double MAX_EXACT = 0x1p53;

  private final byte[] document;
  private final int start;
  private final int end;
  private volatile @Nullable List<JsonMember> members;

  JsonValue(byte[] document, int start, int end, @Nullable List<JsonMember> members) {
    this.document = document;
    this.start = start;
    this.end = end;
    this.members = members;
  }

  /**
   * Reads a document.
   *
   * @param utf8 its bytes, which must not be changed afterwards
   * @throws JsonException if it is not JSON or beyond the limits
   */
  public static JsonValue parse(byte[] utf8) {
    if (utf8.length > MAX_BYTES) {
      throw new JsonException("the document has more than " + MAX_BYTES + " bytes");
    }
    boolean marked =
        utf8.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(
                utf8, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    JsonScanner scanner = new JsonScanner(utf8, marked ? BYTE_ORDER_MARK.length : 0, utf8.length);
    boolean object = scanner.next() == '{';
    int start = scanner.at();
    List<JsonMember> members = null;
    if (object) {
      members = scanner.members();
    } else {
      scanner.value();
    }
    int end = scanner.at();
    scanner.finish();
    return new JsonValue(utf8, start, end, members);
  }

  /**
   * Reads a document.
   *
   * @throws JsonException if it is not JSON or beyond the limits
   */
  public static JsonValue parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string. */
  public static JsonValue of(String text) {
    return new JsonWriter().value(text).toValue();
  }

  /** What this is. */
  public JsonType type() {
    return switch (document[start]) {
      case '{' -> JsonType.OBJECT;
      case '[' -> JsonType.ARRAY;
      case '"' -> JsonType.STRING;
      case 't', 'f' -> JsonType.BOOLEAN;
      case 'n' -> JsonType.NULL;
      default -> JsonType.NUMBER;
    };
  }

  /** Whether this is an object. */
  public boolean isObject() {
    return document[start] == '{';
  }

  /** Whether this is {@code null}. */
  public boolean isNull() {
    return document[start] == 'n';
  }

  /** The members in their order; empty unless this is an object. */
  public List<JsonMember> members() {
    List<JsonMember> known = members;
    if (known == null) {
      known = isObject() ? new JsonScanner(document, start, end).members() : List.of();
      members = known;
    }
    return known;
  }

  /** The items in their order; empty unless this is an array. */
  public List<JsonValue> items() {
    return document[start] == '[' ? new JsonScanner(document, start, end).items() : List.of();
  }

  /** The member of this name; {@code null} if there is none, or if this is no object. */
  public @Nullable JsonValue get(String name) {
    List<JsonMember> all = members();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).name().equals(name)) {
        return all.get(i).value();
      }
    }
    return null;
  }

  /** The text of the member of this name; {@code null} if there is none or it is no string. */
  public @Nullable String text(String name) {
    JsonValue value = get(name);
    return value == null ? null : value.asText();
  }

  /** This string's text, its escapes resolved; {@code null} if this is no string. */
  public @Nullable String asText() {
    return document[start] == '"' ? unescape(document, start, end) : null;
  }

  /** Whether this is {@code true} or {@code false}; {@code null} if neither. */
  @SuppressWarnings("NullableBoolean") // three answers, as documented
  public @Nullable Boolean asBoolean() {
    return switch (document[start]) {
      case 't' -> Boolean.TRUE;
      case 'f' -> Boolean.FALSE;
      default -> null;
    };
  }

  /**
   * This number as a whole one; {@code 1e3} and {@code 2.0} are. {@code null} if this is no number,
   * or none that a {@code long} holds exactly.
   */
  public @Nullable Long asLong() {
    String digits = numberText();
    if (digits == null) {
      return null;
    }
    if (digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0) {
      return digits.length() <= SAFE_DIGITS || fitsLong(digits) ? Long.valueOf(digits) : null;
    }
    double value = Double.parseDouble(digits);
    return value == Math.rint(value) && Math.abs(value) <= MAX_EXACT ? (long) value : null;
  }

  private static boolean fitsLong(String digits) {
    String limit = digits.charAt(0) == '-' ? "-9223372036854775808" : "9223372036854775807";
    return digits.length() < limit.length()
        || (digits.length() == limit.length() && digits.compareTo(limit) <= 0);
  }

  /**
   * The nearest double; {@code null} if this is no number, or one beyond the range of a {@code
   * double}.
   */
  public @Nullable Double asDouble() {
    String digits = numberText();
    if (digits == null) {
      return null;
    }
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value) ? null : value;
  }

  /** This number as it was written; {@code null} if this is no number. */
  public @Nullable String numberText() {
    return type() == JsonType.NUMBER ? toString() : null;
  }

  /** Where this value begins, in bytes from the begin of its document. */
  public int start() {
    return start;
  }

  /** Where this value has ended, in bytes from the begin of its document. */
  public int end() {
    return end;
  }

  /**
   * This object with one member set: in the place of the last one of this name, or at the end.
   * Every other byte stays as it is.
   *
   * @throws IllegalStateException if this is no object
   */
  public JsonValue with(String name, JsonValue value) {
    if (!isObject()) {
      throw new IllegalStateException("only an object has members");
    }
    List<JsonMember> all = members();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).name().equals(name)) {
        JsonValue old = all.get(i).value();
        return splice(old.start, value.toString(), old.end);
      }
    }
    String member = of(name) + ":" + value;
    int place = all.isEmpty() ? end - 1 : all.get(all.size() - 1).value().end;
    return splice(place, all.isEmpty() ? member : "," + member, place);
  }

  /** As {@link #with(String, JsonValue)}, with a string. */
  public JsonValue with(String name, String text) {
    return with(name, of(text));
  }

  private JsonValue splice(int from, String text, int to) {
    return parse(textOf(start, from) + text + textOf(to, end));
  }

  private String textOf(int from, int to) {
    return new String(document, from, to - from, StandardCharsets.UTF_8);
  }

  /** The text of a string between its quotes. */
  static String unescape(byte[] bytes, int start, int end) {
    String text = new String(bytes, start + 1, end - start - 2, StandardCharsets.UTF_8);
    int escape = text.indexOf('\\');
    if (escape < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int done = 0;
    while (escape >= 0) {
      plain.append(text, done, escape);
      char letter = text.charAt(escape + 1);
      done = escape + 2;
      if (letter == 'u') {
        plain.append((char) Integer.parseInt(text, done, done + 4, 16));
        done += 4;
      } else {
        plain.append(unescaped(letter));
      }
      escape = text.indexOf('\\', done);
    }
    return plain.append(text, done, text.length()).toString();
  }

  private static char unescaped(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  /** Whether the other is a value of the same text, byte for byte. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonValue that
        && Arrays.equals(document, start, end, that.document, that.start, that.end);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + document[i];
    }
    return hash;
  }

  /** The value's own text in its document. */
  @Override
  public String toString() {
    return textOf(start, end);
  }
}
