package dev.hookbus.payload;

/** Finds where the value of a field begins and ends. */
final class ValueBounds {

  private static final int LONGEST_PHRASE = 64;

  private final Scan scan;

  ValueBounds(Scan scan) {
    this.scan = scan;
  }

  /** Skips blanks, raw or escaped tabs and ANSI colours. */
  int skipBlanks(int from) {
    int i = from;
    while (i - from < 40) {
      if (scan.is(i, Chars.BLANK)) {
        i++;
      } else {
        int next = ansiEnd(i);
        if (next == i) {
          return i;
        }
        i = next;
      }
    }
    return i;
  }

  /** End of an ANSI colour that begins at an index, or that index. */
  private int ansiEnd(int from) {
    int i = from;
    if (scan.at(i) == 0x1B) {
      i++;
    } else if (scan.matchesIgnoringCase(i, "\\u001b")) {
      i += 6;
    } else if (scan.matchesIgnoringCase(i, "\\x1b") || scan.matches(i, "\\033")) {
      i += 4;
    } else if (scan.matches(i, "\\e[")) {
      i += 2;
    }
    if (i == from || scan.at(i) != '[') {
      return from;
    }
    i++;
    while (scan.is(i, Chars.DIGIT) || scan.at(i) == ';') {
      i++;
    }
    return scan.at(i) == 'm' ? i + 1 : from;
  }

  /** Skips what may stand before a quote: {@code b"…"}, {@code u'…'}. */
  int skipLiteralPrefix(int from) {
    int i = from;
    while (i - from < 2 && "bBrRuUfFL@".indexOf(scan.at(i)) >= 0) {
      i++;
    }
    return i > from && Quote.at(scan, i).exists() ? i : from;
  }

  /** End of a value without quotes: at white space, a quote, or the next field of a list. */
  static int unquotedEnd(Scan scan, int from, int max) {
    int stop = Math.min(scan.high, from + max);
    int i = from;
    while (i < stop) {
      int c = scan.at(i);
      if (c <= ' ' || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>') {
        break;
      }
      if (c == '\\' && "nrtu\"'\\".indexOf(scan.at(i + 1)) >= 0) {
        break;
      }
      if ((c == ',' || c == ';' || c == '&' || c == '|')
          && (i == from || startsField(scan, i + 1))) {
        break;
      }
      if (c == '%'
          && (scan.matches(i, "%22")
              || scan.matches(i, "%26")
              || scan.matches(i, "%0A")
              || scan.matches(i, "%20"))) {
        break;
      }
      i++;
    }
    scan.steps += i - from;
    while (i > from && ",;.)]}:".indexOf(scan.at(i - 1)) >= 0 && !isOpen(scan, from, i)) {
      i--;
    }
    return i;
  }

  /** Whether the bracket that ends a range was opened in it. */
  private static boolean isOpen(Scan scan, int from, int to) {
    int close = scan.at(to - 1);
    int open = close == ')' ? '(' : close == ']' ? '[' : close == '}' ? '{' : -2;
    for (int i = from; open > 0 && i < Math.min(to, from + FieldValue.LONGEST_NAME); i++) {
      if (scan.at(i) == open) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsField(Scan scan, int from) {
    if (scan.at(from) <= ' '
        || scan.is(from, Chars.QUOTE)
        || scan.at(from) == '&'
        || scan.at(from) == '|') {
      return true;
    }
    int name = scan.runEnd(from, Chars.URL_SAFE | Chars.DOT, 40);
    return name > from && (scan.at(name) == '=' || scan.at(name) == ':');
  }

  int xmlEnd(int from, int max) {
    int stop = Math.min(scan.high, from + max);
    int i = from;
    while (i < stop && scan.at(i) != '<' && scan.at(i) != '\n' && scan.at(i) != '"') {
      i++;
    }
    return i;
  }

  /** A passphrase of plain words goes on to the end of the line. */
  int withMoreWords(int type, int from, int to) {
    if (type != FieldName.PASSWORD
        || scan.at(to) != ' '
        || scan.runEnd(from, Chars.LETTER, FieldValue.LONGEST_NAME) != to) {
      return to;
    }
    int end = scan.runEnd(to, Chars.LETTER | Chars.BLANK, LONGEST_PHRASE);
    int next = scan.at(end);
    boolean line = next == -1 || next == '\n' || next == '\r' || next == '"' || next == '\\';
    return line ? end : to;
  }
}
