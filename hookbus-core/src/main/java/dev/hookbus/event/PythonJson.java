package dev.hookbus.event;

import dev.hookbus.idempotency.PythonFloat;
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
      out.append(PythonFloat.text(number));
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
}
