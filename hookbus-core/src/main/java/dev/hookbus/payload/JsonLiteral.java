package dev.hookbus.payload;

/** The grammar of numbers, {@code true}, {@code false} and {@code null}. */
final class JsonLiteral {

  private JsonLiteral() {}

  static boolean isValid(byte[] token, int size) {
    return size > 0
        && (Chars.is(token[0], Chars.LETTER) ? isWord(token, size) : isNumber(token, size));
  }

  private static boolean isWord(byte[] token, int size) {
    return equal(token, size, "true") || equal(token, size, "false") || equal(token, size, "null");
  }

  private static boolean equal(byte[] token, int size, String word) {
    if (size != word.length()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (token[i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNumber(byte[] token, int size) {
    int i = token[0] == '-' ? 1 : 0;
    int integer = digits(token, i, size);
    if (integer == i || (token[i] == '0' && integer > i + 1)) {
      return false;
    }
    i = integer;
    if (i < size && token[i] == '.') {
      int fraction = digits(token, i + 1, size);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < size && (token[i] == 'e' || token[i] == 'E')) {
      i++;
      if (i < size && (token[i] == '+' || token[i] == '-')) {
        i++;
      }
      int exponent = digits(token, i, size);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == size;
  }

  private static int digits(byte[] token, int from, int size) {
    int i = from;
    while (i < size && Chars.is(token[i], Chars.DIGIT)) {
      i++;
    }
    return i;
  }
}
