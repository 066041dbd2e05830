package dev.hookbus.payload;

/**
 * Private keys in PEM form, in any dressing: escaped line ends, line numbers, quotes, indentation,
 * or without their END line. Each piece of the key is replaced, what stands between pieces stays.
 */
final class KeyBlockRule {

  private static final int MAX_LABEL = 64;
  private static final int MAX_GAP = 48;
  private static final int LEAST_FIRST_LINE = 16;
  private static final int FULL_LINE = 32;
  private static final int BODY = Chars.BASE64 | Chars.EQUALS;
  private static final String RULE = "private-key";
  private static final String REASON = "a private key in PEM form";

  private KeyBlockRule() {}

  static void check(Scan scan, int start, int end) {
    int headerEnd;
    int headerStart;
    if (scan.lower(start) == 'p') {
      headerStart = start;
      headerEnd = scan.runEnd(end, Chars.DIGIT | Chars.BLANK, 8);
      headerEnd = scan.at(end) == ':' ? scan.runEnd(end + 1, Chars.DIGIT | Chars.BLANK, 8) : -1;
    } else {
      headerStart = scan.runStart(start + 1, Chars.DASH, 8);
      headerEnd = privateHeaderEnd(scan, end);
    }
    if (headerEnd < 0) {
      return;
    }
    int first = pieceStart(scan, headerEnd);
    if (first < 0 || pieceEnd(scan, first) - first < LEAST_FIRST_LINE) {
      return;
    }
    replacePieces(scan, headerStart, headerEnd, first);
  }

  /** End of the dashes behind {@code BEGIN … PRIVATE KEY}, or -1 if this header is no such. */
  private static int privateHeaderEnd(Scan scan, int from) {
    int end = scan.runEnd(from, Chars.WORD | Chars.BLANK, MAX_LABEL);
    if (!scan.contains(from, end, "private")) {
      return -1;
    }
    int dashes = scan.runEnd(end, Chars.DASH, 8);
    return dashes > end ? dashes : -1;
  }

  private static void replacePieces(Scan scan, int from, int headerEnd, int first) {
    int mergedFrom = from;
    int mergedTo = headerEnd;
    int piece = first;
    int length = FULL_LINE;
    while (piece >= 0) {
      int end = pieceEnd(scan, piece);
      boolean last = scan.at(piece) == '-';
      // A short line ends a key that has no END line, so what follows it is something else.
      if (!last && end - piece < LEAST_FIRST_LINE && length < FULL_LINE) {
        break;
      }
      if (isBlank(scan, mergedTo, piece)) {
        mergedTo = end;
      } else {
        scan.replace(mergedFrom, mergedTo, RedactionKind.API_KEY, RULE, REASON);
        mergedFrom = piece;
        mergedTo = end;
      }
      length = end - piece;
      piece = last ? -1 : pieceStart(scan, end);
    }
    scan.replace(mergedFrom, mergedTo, RedactionKind.API_KEY, RULE, REASON);
    if (scan.floor == scan.high) {
      scan.tail = Scan.TAIL_KEY_BLOCK;
    }
  }

  /** Goes on with a key that is longer than the view: everything that may belong to one. */
  static int tailEnd(Scan scan, int from, int to) {
    int i = from;
    while (i < to && (Chars.is(scan.in[i], BODY | Chars.SPACE) || scan.in[i] == '\\')) {
      i++;
    }
    return i;
  }

  /** Where the next line of the key begins behind what dresses it up, or -1. */
  private static int pieceStart(Scan scan, int from) {
    int i = from;
    boolean lineNumber = false;
    while (i - from < MAX_GAP) {
      int c = scan.at(i);
      if (c == '\\') {
        int letter = scan.at(i + 1);
        boolean lineEnd = letter == 'n' || letter == 'r' || letter == 't';
        i += lineEnd ? 2 : 1;
      } else if (c == '"') {
        if (scan.json && !isEscaped(scan, i)) {
          return -1;
        }
        i++;
      } else if (scan.isRedacted(i)) {
        return -1;
      } else if (scan.is(i, Chars.SPACE | Chars.HIGH | Chars.QUOTE) || isDressing(c)) {
        i++;
      } else if (c == '-') {
        return endLine(scan, i) > 0 ? i : dashStart(scan, i, from);
      } else if (c == '+' && scan.is(i + 1, Chars.SPACE | Chars.QUOTE)) {
        i++;
      } else if (scan.is(i, BODY)) {
        int number = scan.runEnd(i, Chars.DIGIT, 7);
        if (number > i && !lineNumber && !scan.is(number, BODY)) {
          lineNumber = true;
          i = number;
        } else {
          int header = headerLine(scan, i);
          if (header < 0) {
            return i;
          }
          i = header;
        }
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isEscaped(Scan scan, int index) {
    int i = index;
    while (scan.at(i - 1) == '\\') {
      i--;
    }
    return (index - i) % 2 == 1;
  }

  private static int dashStart(Scan scan, int dash, int from) {
    return dash == from || scan.is(dash - 1, Chars.SPACE) ? pieceStart(scan, dash + 1) : -1;
  }

  private static boolean isDressing(int c) {
    return c == '>' || c == '|' || c == ',' || c == ':' || c == '#' || c == '*' || c == ';'
        || c == '(' || c == ')' || c == '.' || c == '[' || c == ']';
  }

  /** End of a line such as {@code Proc-Type: 4,ENCRYPTED}, or -1. */
  private static int headerLine(Scan scan, int from) {
    int name = scan.runEnd(from, Chars.LETTER | Chars.DASH, 24);
    if (scan.at(name) != ':' || scan.at(name + 1) != ' ') {
      return -1;
    }
    int i = name;
    while (i - name < 100 && scan.at(i) >= ' ' && scan.at(i) != '\\' && scan.at(i) != '"') {
      i++;
    }
    return i;
  }

  private static int pieceEnd(Scan scan, int from) {
    return scan.at(from) == '-' ? endLine(scan, from) : scan.runEnd(from, BODY);
  }

  /** End of an END line that begins at {@code from}, or -1. */
  private static int endLine(Scan scan, int from) {
    int dashes = scan.runEnd(from, Chars.DASH | Chars.BLANK, 8);
    if (!scan.matchesIgnoringCase(dashes, "end")) {
      return -1;
    }
    int label = scan.runEnd(dashes, Chars.WORD | Chars.BLANK, MAX_LABEL);
    return scan.runEnd(label, Chars.DASH, 8);
  }

  /** Whether only white space, raw or escaped, stands in a range. */
  private static boolean isBlank(Scan scan, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = scan.at(i);
      boolean escapeLetter = (c == 'n' || c == 'r' || c == 't') && scan.at(i - 1) == '\\';
      if (!scan.is(i, Chars.SPACE) && c != '\\' && !escapeLetter) {
        return false;
      }
    }
    return true;
  }
}
