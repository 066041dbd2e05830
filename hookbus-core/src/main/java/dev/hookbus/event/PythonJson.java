package dev.hookbus.event;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON exactly as Python's {@code json.dumps(value, sort_keys=True, ensure_ascii=False)} writes it:
 * the text under the canonical hash.
 */
final class PythonJson {
  private static final String HEX = "0123456789abcdef";

  private PythonJson() {}

  static String write(Map<String, @Nullable Object> value) {
    StringBuilder out = new StringBuilder(256);
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    if (value instanceof String text) {
      appendText(out, text);
    } else if (value instanceof Double number) {
      out.append(floatText(number));
    } else if (value instanceof Map<?, ?> map) {
      appendMap(out, map);
    } else if (value instanceof List<?> list) {
      appendList(out, list);
    } else {
      out.append(value); // null, true, false and whole numbers read alike
    }
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    out.append('{');
    List<String> keys =
        map.keySet().stream().map(String.class::cast).sorted(Texts::compareByCodePoint).toList();
    String separator = "";
    for (String key : keys) {
      out.append(separator);
      appendText(out, key);
      append(out.append(": "), map.get(key));
      separator = ", ";
    }
    out.append('}');
  }

  private static void appendList(StringBuilder out, List<?> list) {
    out.append('[');
    String separator = "";
    for (Object item : list) {
      append(out.append(separator), item);
      separator = ", ";
    }
    out.append(']');
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Python's {@code repr} of a finite float: the shortest digits that read back as the value. */
  static String floatText(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    // Double.toString is not the shortest before JDK 19; Jackson carries the algorithm of 19.
    String java = NumberOutput.toString(Math.abs(value), true);
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    String allDigits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int leadingZeros = 0;
    while (allDigits.charAt(leadingZeros) == '0') {
      leadingZeros++;
    }
    int exponent = e < 0 ? 0 : Integer.parseInt(java.substring(e + 1));
    // The value is 0.DIGITS times ten to the power of this.
    int decimalPoint = point + exponent - leadingZeros;
    String digits =
        shortest(Math.abs(value), withoutTrailingZeros(allDigits, leadingZeros), decimalPoint);
    String sign = value < 0 ? "-" : "";
    return sign + layOut(digits, decimalPoint);
  }

  private static String withoutTrailingZeros(String digits, int from) {
    int end = digits.length();
    while (end > from + 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(from, end);
  }

  /** Java always gives two digits where Python is content with one. */
  private static String shortest(double value, String digits, int decimalPoint) {
    if (digits.length() == 2) {
      int first = Character.digit(digits.charAt(0), 10);
      int nearest = digits.charAt(1) >= '5' ? first + 1 : first;
      // Ten would be a digit and a power more; Java's text already is that case's shortest.
      if (nearest < 10 && Double.parseDouble("0." + nearest + "E" + decimalPoint) == value) {
        return Integer.toString(nearest);
      }
    }
    return digits;
  }

  private static String layOut(String digits, int decimalPoint) {
    if (decimalPoint > 16 || decimalPoint <= -4) {
      int exponent = decimalPoint - 1;
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      String magnitude = Integer.toString(Math.abs(exponent));
      return digits.charAt(0)
          + fraction
          + (exponent < 0 ? "e-" : "e+")
          + (magnitude.length() < 2 ? "0" : "")
          + magnitude;
    }
    if (decimalPoint <= 0) {
      return "0." + "0".repeat(-decimalPoint) + digits;
    }
    if (digits.length() <= decimalPoint) {
      return digits + "0".repeat(decimalPoint - digits.length()) + ".0";
    }
    return digits.substring(0, decimalPoint) + "." + digits.substring(decimalPoint);
  }
}
