package dev.hookbus.policy;

/** Which characters a shell takes for what, whatever the locale. */
final class ShellChars {

  private ShellChars() {}

  /** Whether a character ends a word that is not quoted. */
  static boolean isMeta(char c) {
    return " \t\n;&|()<>".indexOf(c) >= 0;
  }

  static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }

  /** Whether a text is the name of a variable up to that place, which is not its begin. */
  static boolean isName(String text, int end) {
    return isNameStart(text.charAt(0)) && endOfName(text, 0) >= end;
  }

  /** Where the name that begins at a place ends. */
  static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
