package dev.hookbus.event;

/** Small operations on text that keep it valid Unicode. */
final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** The first {@code limit} code points, well formed. */
  static String cut(String text, int limit) {
    if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
      return wellFormed(text);
    }
    return wellFormed(text.substring(0, text.offsetByCodePoints(0, limit)));
  }

  /** The same text, with every lone surrogate replaced: it has no UTF-8 form. */
  static String wellFormed(String text) {
    int bad = firstLoneSurrogate(text);
    if (bad < 0) {
      return text;
    }
    StringBuilder fixed = new StringBuilder(text.length()).append(text, 0, bad);
    text.substring(bad)
        .codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(fixed::appendCodePoint);
    return fixed.toString();
  }

  private static int firstLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Orders text by code point, as Python and UTF-8 do; {@code compareTo} orders by UTF-16 unit. */
  static int compareByCodePoint(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xSurrogate = Character.isSurrogate(x);
        return xSurrogate == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(xSurrogate, Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
