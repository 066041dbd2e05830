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

  /** Whether one of the programs is named on the line before an index. */
  private static boolean follows(Scan scan, int before, int programs) {
    int stop = Math.max(scan.low, before - MAX_LINE);
    boolean inWord = false;
    for (int i = before - 1; i >= stop; i--) {
      byte b = scan.in[i];
      boolean word = Chars.is(b, Chars.ALNUM);
      if (inWord && !word && (program(scan, i + 1) & programs) != 0) {
        scan.steps += before - i;
        return true;
      }
      if (b == '\n' || b == '|') {
        scan.steps += before - i;
        return false;
      }
      inWord = word;
    }
    scan.steps += before - stop;
    return inWord && !scan.is(stop - 1, Chars.ALNUM) && (program(scan, stop) & programs) != 0;
  }

  private static int program(Scan scan, int at) {
    return switch (scan.lower(at)) {
      case 'c' -> scan.matchesIgnoringCase(at, "curl") ? CURL : 0;
      case 'h' -> scan.matchesIgnoringCase(at, "http") ? CURL : 0;
      case 'r' -> scan.matchesIgnoringCase(at, "redis") ? REDIS : 0;
      case 's' -> scan.matchesIgnoringCase(at, "sshpass") ? SSHPASS : 0;
      case 'm' ->
          scan.matchesIgnoringCase(at, "mysql") || scan.matchesIgnoringCase(at, "maria")
              ? ATTACHED
              : 0;
      case '7' -> scan.matchesIgnoringCase(at, "7z") ? ATTACHED : 0;
      case 'l' -> scan.matchesIgnoringCase(at, "login") ? LOGIN : 0;
      case 't' -> scan.matchesIgnoringCase(at, "twine") ? LOGIN : 0;
      default -> 0;
    };
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
