package dev.hookbus.payload;

/** Sets of words, written as one string with a space before and after each. */
final class Words {

  private static final int LONGEST = 40;

  private Words() {}

  /** Whether a range of the text, without regard to ASCII case, is one of the words. */
  static boolean contains(String words, Scan scan, int from, int to) {
    int length = to - from;
    if (length <= 0 || length > LONGEST) {
      return false;
    }
    int first = scan.lower(from);
    for (int i = words.indexOf(first); i > 0; i = words.indexOf(first, i + 1)) {
      if (words.charAt(i - 1) == ' '
          && i + length < words.length()
          && words.charAt(i + length) == ' '
          && equal(words, i, scan, from, length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(String words, int at, Scan scan, int from, int length) {
    for (int i = 1; i < length; i++) {
      if (scan.lower(from + i) != words.charAt(at + i)) {
        return false;
      }
    }
    return true;
  }
}
