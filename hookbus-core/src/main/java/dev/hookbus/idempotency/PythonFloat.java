package dev.hookbus.idempotency;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Floating-point numbers as Python writes them, for hashes both sides must agree on. */
public final class PythonFloat {

  private PythonFloat() {}

  /** Python's {@code repr} of a finite float: the shortest digits that read back as the value. */
  public static String text(double value) {
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
