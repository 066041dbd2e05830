package dev.hookbus.policy;

/** Reads {@code $'…'}, in which escapes stand for characters as in C. */
final class AnsiQuote {

  private AnsiQuote() {}

  /** Reads on behind the opening quote. */
  static void read(ShellText in, WordBuilder word) {
    word.start();
    while (!in.atEnd() && !in.accept('\'')) {
      char c = in.next();
      if (c == '\\' && !in.atEnd()) {
        escape(in, word);
      } else {
        word.quoted(c);
      }
    }
  }

  private static void escape(ShellText in, WordBuilder word) {
    if (in.atAnyOf("01234567")) {
      coded(in, word, 8, 3);
      return;
    }
    char c = in.next();
    switch (c) {
      case 'n' -> word.quoted('\n');
      case 't' -> word.quoted('\t');
      case 'r' -> word.quoted('\r');
      case 'x' -> coded(in, word, 16, 2);
      case 'u' -> coded(in, word, 16, 4);
      case 'U' -> coded(in, word, 16, 8);
      default -> word.quoted(c);
    }
  }

  private static void coded(ShellText in, WordBuilder word, int radix, int maxDigits) {
    int code = 0;
    for (int i = 0; i < maxDigits && !in.atEnd(); i++) {
      int digit = Character.digit(in.peek(), radix);
      if (digit < 0) {
        break;
      }
      code = code * radix + digit;
      in.next();
    }
    if (Character.isValidCodePoint(code)) {
      word.quoted(Character.toString(code));
    }
  }
}
