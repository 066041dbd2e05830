package dev.hookbus.idempotency;

import org.jspecify.annotations.Nullable;

/** Values as Python's {@code str()} writes them. */
final class PythonText {

  private PythonText() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Double || value instanceof Float) {
      return ofFloat(((Number) value).doubleValue());
    }
    return value.toString();
  }

  private static String ofFloat(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return PythonFloat.text(value);
  }
}
