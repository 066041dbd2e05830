package dev.hookbus.payload;

/** Classes of bytes, as bit masks, for scanning runs of them. */
final class Chars {

  static final int LOWER = 1;
  static final int UPPER = 1 << 1;
  static final int DIGIT = 1 << 2;
  static final int HEX_LETTER = 1 << 3;
  static final int UNDERSCORE = 1 << 4;
  static final int DASH = 1 << 5;
  static final int PLUS = 1 << 6;
  static final int SLASH = 1 << 7;
  static final int DOT = 1 << 8;
  static final int EQUALS = 1 << 9;
  static final int TILDE = 1 << 10;
  static final int PERCENT = 1 << 11;
  static final int BLANK = 1 << 12;
  static final int LINE_END = 1 << 13;
  static final int HIGH = 1 << 14;
  static final int QUOTE = 1 << 15;

  static final int LETTER = LOWER | UPPER;
  static final int ALNUM = LETTER | DIGIT;
  static final int HEX = DIGIT | HEX_LETTER;
  static final int WORD = ALNUM | UNDERSCORE;
  static final int URL_SAFE = WORD | DASH;
  static final int BASE64 = ALNUM | PLUS | SLASH;
  static final int SPACE = BLANK | LINE_END;

  /** What a bearer credential may consist of. */
  static final int CREDENTIAL = URL_SAFE | PLUS | SLASH | DOT | EQUALS | TILDE | PERCENT;

  private static final char[] FLAGS = flags();

  private Chars() {}

  static boolean is(byte b, int mask) {
    return (FLAGS[b & 0xFF] & mask) != 0;
  }

  /** ASCII letters in lower case, every other byte as it is. */
  static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  private static char[] flags() {
    char[] flags = new char[256];
    for (int c = 'a'; c <= 'z'; c++) {
      flags[c] = (char) (c <= 'f' ? LOWER | HEX_LETTER : LOWER);
      flags[c - 32] = (char) (c <= 'f' ? UPPER | HEX_LETTER : UPPER);
    }
    for (int c = '0'; c <= '9'; c++) {
      flags[c] = DIGIT;
    }
    for (int c = 128; c < 256; c++) {
      flags[c] = HIGH;
    }
    flags['_'] = UNDERSCORE;
    flags['-'] = DASH;
    flags['+'] = PLUS;
    flags['/'] = SLASH;
    flags['.'] = DOT;
    flags['='] = EQUALS;
    flags['~'] = TILDE;
    flags['%'] = PERCENT;
    flags[' '] = BLANK;
    flags['\t'] = BLANK;
    flags['\n'] = LINE_END;
    flags['\r'] = LINE_END;
    flags['"'] = QUOTE;
    flags['\''] = QUOTE;
    flags['`'] = QUOTE;
    return flags;
  }
}
