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

  /** Looks at an option such as {@code -u}, {@code -p}, {@code -a} or {@code --user}. */
  static void check(Scan scan, int start, int end) {
    int option = scan.at(start + 2);
    boolean blank = scan.is(end, Chars.BLANK);
    int programs = programs(scan, start);
    if (option == 'u' || scan.at(start) == '-') {
      if ((programs & CURL) != 0) {
        userAndPassword(scan, end);
      }
    } else if (option == 'a') {
      if ((programs & REDIS) != 0) {
        value(scan, end);
      }
    } else if ((programs & SSHPASS) != 0
        || ((programs & ATTACHED) != 0 && !blank)
        || ((programs & LOGIN) != 0 && blank)) {
      value(scan, scan.runEnd(end, Chars.BLANK, 4));
    }
  }

  /** Which programs with a password option are named on the line before an index. */
  private static int programs(Scan scan, int before) {
    int programs = 0;
    int stop = Math.max(scan.low, before - MAX_LINE);
    scan.steps += before - stop;
    for (int i = before - 1; i >= stop; i--) {
      int c = scan.at(i);
      if (c == '\n' || c == '|') {
        break;
      }
      if (scan.is(i, Chars.ALNUM) && !scan.is(i - 1, Chars.ALNUM)) {
        programs |= program(scan, i);
      }
    }
    return programs;
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
  private static void userAndPassword(Scan scan, int end) {
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
    if (!numbers && !FieldValue.isPlaceholder(scan, colon + 1, to)) {
      replace(scan, colon + 1, to);
    }
  }

  private static void value(Scan scan, int start) {
    Quote quote = Quote.at(scan, start);
    if (quote.isStructure(scan, Quote.NONE)) {
      return;
    }
    int from = start + quote.length();
    int to = valueEnd(scan, from, quote);
    boolean option = scan.at(from) == '-' || scan.at(from) == '/';
    if (to - from >= 3 && !option && !FieldValue.isPlaceholder(scan, from, to)) {
      replace(scan, from, to);
    }
  }

  private static int valueEnd(Scan scan, int from, Quote quote) {
    int stop = Math.min(scan.high, from + MAX_VALUE);
    return quote.exists()
        ? quote.end(scan, from, stop)
        : FieldValue.unquotedEnd(scan, from, MAX_VALUE);
  }

  private static void replace(Scan scan, int from, int to) {
    scan.replaceBehindGap(from, to, "command-option", "a password in a program's option");
  }
}
