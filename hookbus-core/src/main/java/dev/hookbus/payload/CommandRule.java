package dev.hookbus.payload;

/** Passwords in short options of well-known programs. */
final class CommandRule {

  private static final int MAX_LINE = 160;
  private static final int MAX_VALUE = 128;

  private static final int CURL = 1;
  private static final int REDIS = 1 << 1;
  private static final int SSHPASS = 1 << 2;
  private static final int ATTACHED = 1 << 3;
  private static final int LOGIN = 1 << 4;

  private CommandRule() {}

  /**
   * Looks at an option such as {@code -u}, {@code -p}, {@code -a} or {@code --user}: at its value
   * first, because many programs have such options and few of them with a password.
   */
  static void check(Scan scan, int start, int end) {
    int option = scan.at(start + 2);
    boolean blank = scan.is(end, Chars.BLANK);
    if (option == 'u' || scan.at(start) == '-') {
      userAndPassword(scan, start, end);
    } else if (option == 'a') {
      value(scan, start, end, REDIS);
    } else if (!scan.matches(start - 5, "mkdir")) { // the one in every other script
      value(scan, start, scan.runEnd(end, Chars.BLANK, 4), SSHPASS | (blank ? LOGIN : ATTACHED));
    }
  }

  /**
   * Whether one of the programs is named on the line before an index: as it was, or as it has been
   * written, where a secret with a {@code |} in it ends no command, and a long one is short.
   */
  private static boolean follows(Scan scan, int before, int programs) {
    int stop = Math.max(scan.low, before - MAX_LINE);
    if (names(scan, scan.in, stop, before, programs)) {
      return true;
    }
    if (scan.floor <= stop) {
      return false;
    }
    byte[] written = scan.written(before, MAX_LINE + 1);
    int from = Math.max(0, written.length - MAX_LINE);
    return names(scan, written, from, written.length, programs);
  }

  private static boolean names(Scan scan, byte[] text, int from, int to, int programs) {
    boolean inWord = false;
    for (int i = to - 1; i >= from; i--) {
      byte b = text[i];
      boolean word = Chars.is(b, Chars.ALNUM);
      if (inWord && !word && (program(text, i + 1, to) & programs) != 0) {
        scan.steps += to - i;
        return true;
      }
      if (b == '\n' || b == '|') {
        scan.steps += to - i;
        return false;
      }
      inWord = word;
    }
    scan.steps += to - from;
    boolean cut = from > 0 && Chars.is(text[from - 1], Chars.ALNUM);
    return inWord && !cut && (program(text, from, to) & programs) != 0;
  }

  private static int program(byte[] text, int at, int end) {
    return switch (Chars.lower(text[at])) {
      case 'c' -> begins(text, at, end, "curl") ? CURL : 0;
      case 'h' -> begins(text, at, end, "http") ? CURL : 0;
      case 'r' -> begins(text, at, end, "redis") ? REDIS : 0;
      case 's' -> begins(text, at, end, "sshpass") ? SSHPASS : 0;
      case 'm' -> begins(text, at, end, "mysql") || begins(text, at, end, "maria") ? ATTACHED : 0;
      case '7' -> begins(text, at, end, "7z") ? ATTACHED : 0;
      case 'l' -> begins(text, at, end, "login") ? LOGIN : 0;
      case 't' -> begins(text, at, end, "twine") ? LOGIN : 0;
      default -> 0;
    };
  }

  private static boolean begins(byte[] text, int from, int end, String program) {
    if (end - from < program.length()) {
      return false;
    }
    for (int i = 0; i < program.length(); i++) {
      if (Chars.lower(text[from + i]) != program.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** {@code user:password}; two numbers are the owner of a process. */
  private static void userAndPassword(Scan scan, int start, int end) {
    int from = scan.at(end) == '=' ? end + 1 : scan.runEnd(end, Chars.BLANK, 4);
    Quote quote = Quote.at(scan, from);
    if (quote.isStructure(scan, Quote.NONE)) {
      return;
    }
    from += quote.length();
    int colon = scan.runEnd(from, Chars.URL_SAFE | Chars.DOT | Chars.PERCENT | Chars.PLUS, 64);
    if (scan.at(colon) == '@') {
      colon = scan.runEnd(colon + 1, Chars.URL_SAFE | Chars.DOT, 64);
    }
    if (scan.at(colon) != ':') {
      return;
    }
    int to = valueEnd(scan, colon + 1, quote);
    boolean numbers =
        scan.runEnd(from, Chars.DIGIT, 8) == colon && scan.runEnd(colon + 1, Chars.DIGIT, 8) == to;
    if (!numbers && follows(scan, start, CURL) && !Placeholder.isAt(scan, colon + 1, to)) {
      replace(scan, colon + 1, to);
    }
  }

  private static void value(Scan scan, int option, int start, int programs) {
    Quote quote = Quote.at(scan, start);
    if (quote.isStructure(scan, Quote.NONE)) {
      return;
    }
    int from = start + quote.length();
    int to = valueEnd(scan, from, quote);
    boolean other = scan.at(from) == '-' || scan.at(from) == '/';
    if (to - from >= 3
        && !other
        && follows(scan, option, programs)
        && !Placeholder.isAt(scan, from, to)) {
      replace(scan, from, to);
    }
  }

  private static int valueEnd(Scan scan, int from, Quote quote) {
    int stop = Math.min(scan.high, from + MAX_VALUE);
    return quote.exists()
        ? quote.end(scan, from, stop)
        : ValueBounds.unquotedEnd(scan, from, MAX_VALUE);
  }

  private static void replace(Scan scan, int from, int to) {
    scan.replaceBehindGap(from, to, "command-option", "a password in a program's option");
  }
}
