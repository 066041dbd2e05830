package dev.hookbus.payload;

/** Phone numbers, social security numbers and card numbers. */
final class NumberRule {

  private static final int MAX_PHONE_DIGITS = 15;
  private static final int MAX_INDENT = 100;

  private NumberRule() {}

  static void check(Scan scan, int start, int end) {
    int first = scan.at(start);
    if (first == '+') {
      international(scan, start);
    } else if (first == ')') {
      areaInParentheses(scan, start);
    } else if (first == '-') {
      freephone(scan, start);
    } else if (first == 't') {
      afterLabel(scan, end);
    } else {
      digits(scan, start);
    }
  }

  private static void digits(Scan scan, int start) {
    int run = scan.runStart(start, Chars.DIGIT, 20);
    if (!isFree(scan, run)) {
      return;
    }
    int runEnd = scan.runEnd(run, Chars.DIGIT, 20);
    int length = runEnd - run;
    if (length >= 13) {
      if (start == run && length <= 19 && CardNumber.isPlain(scan, run, runEnd)) {
        card(scan, run, runEnd);
      }
      return;
    }
    if (length == 4) {
      int end = CardNumber.groupedEnd(scan, run);
      if (end > 0) {
        card(scan, run, end);
      }
      return;
    }
    int separator = scan.at(runEnd);
    if (length == 3 && separator == '-' && digitsAt(scan, runEnd + 1) == 2) {
      socialSecurity(scan, run);
    } else if (length == 3) {
      national(scan, run, separator);
    } else if (length == 5 && separator == ' ' && scan.at(run) == '0') {
      phone(scan, run, runEnd + 1, 6);
    }
  }

  private static void card(Scan scan, int from, int to) {
    Quote quote = isJsonNumber(scan, from, to) ? Quote.PLAIN : Quote.NONE;
    scan.replace(
        from, to, RedactionKind.CREDIT_CARD, quote, "credit-card", "a card number, Luhn-valid");
  }

  /** Whether a number is a value of a JSON document, so that only a string may take its place. */
  private static boolean isJsonNumber(Scan scan, int from, int to) {
    if (!scan.json) {
      return false;
    }
    int before = scan.at(scan.runStart(from, Chars.SPACE, MAX_INDENT) - 1);
    int after = scan.at(scan.runEnd(to, Chars.SPACE, MAX_INDENT));
    boolean value = before == ':' || before == '[' || before == ',';
    boolean ended = after == ',' || after == ']' || after == '}';
    return value && ended && !scan.insideString(from);
  }

  private static void socialSecurity(Scan scan, int run) {
    boolean valid =
        digitsAt(scan, run + 7) == 4
            && scan.at(run + 6) == '-'
            && isFreeAfter(scan, run + 11)
            && scan.at(run - 1) != '-'
            && !scan.matches(run, "000")
            && !scan.matches(run, "666")
            && !scan.matches(run + 4, "00")
            && !scan.matches(run + 7, "0000");
    if (valid) {
      scan.replace(run, run + 11, RedactionKind.SSN, "ssn", "a US social security number");
    }
  }

  /** Three, three and four digits, all with the same separator, perhaps behind a country code. */
  private static void national(Scan scan, int run, int separator) {
    int second = run + 4;
    if (digitsAt(scan, second) == 4 && scan.at(run) == '0' && separator != '.') {
      if (scan.at(second + 4) == separator) {
        phone(scan, run, second + 5, 4);
      }
      return;
    }
    boolean shape =
        digitsAt(scan, second) == 3
            && scan.at(second + 3) == separator
            && digitsAt(scan, second + 4) == 4;
    if (!shape) {
      return;
    }
    boolean area = scan.at(run) >= '2' || (separator == '-' && scan.at(run) == '1');
    int before = scan.at(run - 1);
    int from = run;
    if ((before == separator || before == ' ') && scan.at(run - 2) == '1') {
      if (scan.at(run - 3) == '+') {
        from = run - 3;
      } else if (isFree(scan, run - 2)) {
        from = run - 2;
      }
    } else if (before == separator && separator != ' ') {
      return;
    }
    if (area && !(separator == ' ' && isInTable(scan, run, second + 8))) {
      phone(scan, from, second + 4, 4);
    }
  }

  /** Whether numbers stand on both sides, as in a table or a list of bytes. */
  private static boolean isInTable(Scan scan, int from, int to) {
    boolean before = scan.at(from - 1) == ' ' && isNumberEnd(scan, from - 1);
    boolean after = scan.at(to) == ' ' && (scan.is(to + 1, Chars.DIGIT) || scan.isRedacted(to + 1));
    return (before && scan.at(from - 2) != '1') || after;
  }

  private static boolean isNumberEnd(Scan scan, int to) {
    return scan.is(to - 1, Chars.DIGIT) || (scan.at(to - 1) == ']' && scan.isJoinedBefore(to));
  }

  private static void phone(Scan scan, int from, int lastGroup, int lastLength) {
    int end = lastGroup + lastLength;
    if (digitsAt(scan, lastGroup) == lastLength && isFreeAfter(scan, end)) {
      replacePhone(scan, from, end);
    }
  }

  private static void replacePhone(Scan scan, int from, int end) {
    scan.replace(from, end, RedactionKind.PHONE, "phone", "a phone number");
  }

  /** {@code (555) 123-4567}, perhaps behind a country code. */
  private static void areaInParentheses(Scan scan, int close) {
    int open = close - 4;
    int second = scan.at(close + 1) == ' ' ? close + 2 : close + 1;
    int separator = scan.at(second + 3);
    boolean shape =
        scan.at(open) == '('
            && digitsAt(scan, open + 1) == 3
            && digitsAt(scan, second) == 3
            && (separator == '-' || separator == '.' || separator == ' ');
    if (!shape) {
      return;
    }
    int from = open;
    int space = scan.at(open - 1) == ' ' || scan.at(open - 1) == '-' ? open - 2 : open - 1;
    if (scan.at(space) == '1') {
      if (scan.at(space - 1) == '+') {
        from = space - 1;
      } else if (isFree(scan, space)) {
        from = space;
      }
    }
    phone(scan, from, second + 4, 4);
  }

  /** {@code 1-800-555-0199} and {@code 1-800-FLOWERS}. */
  private static void freephone(Scan scan, int dash) {
    int from = dash - 1;
    int end = scan.runEnd(dash + 5, Chars.UPPER | Chars.DIGIT | Chars.DASH, 9);
    int letters = 0;
    for (int i = dash + 5; i < end; i++) {
      letters += scan.is(i, Chars.UPPER | Chars.DIGIT) ? 1 : 0;
    }
    if (scan.at(from) == '1' && isFree(scan, from) && letters == 7 && isFreeAfter(scan, end)) {
      replacePhone(scan, from, end);
    }
  }

  /** {@code tel:5551234567}: only the label says that these digits are a phone number. */
  private static void afterLabel(Scan scan, int end) {
    int from = scan.at(end) == ' ' ? end + 1 : end;
    int to = scan.runEnd(from, Chars.DIGIT | Chars.DASH, 20);
    boolean labelled = scan.wordStarts(end - "tel:".length());
    if (labelled && to - from >= 7 && scan.is(from, Chars.DIGIT) && isFreeAfter(scan, to)) {
      replacePhone(scan, from, to);
    }
  }

  /** A plus sign, a country code, and groups of digits. */
  private static void international(Scan scan, int plus) {
    if (scan.at(plus + 1) == '0' || scan.isJoinedBefore(plus) || scan.at(plus - 1) == '.') {
      if (!scan.startsBehindEscape(plus)) {
        return;
      }
    }
    int digits = 0;
    int separators = 0;
    int end = plus + 1;
    int i = plus + 1;
    int most = scan.at(plus + 1) == '1' ? 11 : MAX_PHONE_DIGITS;
    while (i < plus + 32 && digits < most) {
      if (scan.is(i, Chars.DIGIT)) {
        digits++;
        i++;
        end = i;
      } else if (isPhoneSeparator(scan, i)) {
        separators++;
        i++;
      } else {
        break;
      }
    }
    int least = separators == 0 ? 10 : 8;
    boolean diffLine = separators == 0 && isAddedTimestamp(scan, plus, digits);
    if (digits >= least && !diffLine && isFreeAfter(scan, end)) {
      replacePhone(scan, plus, end);
    }
  }

  private static boolean isPhoneSeparator(Scan scan, int i) {
    int c = scan.at(i);
    int next = scan.at(i + 1);
    boolean nextFits = scan.is(i + 1, Chars.DIGIT) || next == '(' || next == ')';
    return switch (c) {
      case ' ', '-', '.', '/' -> nextFits && next != ')';
      case '(' -> scan.is(i + 1, Chars.DIGIT);
      case ')' -> nextFits || next == ' ' || next == '-';
      default -> false;
    };
  }

  /** A line that a diff adds may begin with a Unix time. */
  private static boolean isAddedTimestamp(Scan scan, int plus, int digits) {
    int before = scan.at(plus - 1);
    boolean lineStart = before == -1 || before == '\n' || scan.startsBehindEscape(plus);
    return lineStart && (digits == 10 || digits == 13) && scan.at(plus + 1) == '1';
  }

  /** How many digits begin at an index; more than 6 count as 7. */
  private static int digitsAt(Scan scan, int from) {
    return scan.runEnd(from, Chars.DIGIT, 7) - from;
  }

  /** Whether a number may begin at an index: it is no part of a word, a fraction or an ID. */
  private static boolean isFree(Scan scan, int index) {
    if (scan.startsBehindEscape(index)) {
      return true;
    }
    return !scan.isJoinedBefore(index)
        && !scan.is(index - 1, Chars.DOT | Chars.HIGH)
        && !(scan.at(index - 1) == '-' && scan.is(index - 2, Chars.LETTER | Chars.UNDERSCORE))
        && scan.at(index - 1) != '#'
        && scan.at(index - 1) != '$';
  }

  /** Whether a number may end at an index. */
  private static boolean isFreeAfter(Scan scan, int index) {
    if (scan.isJoinedAfter(index)) {
      return false;
    }
    boolean joined = scan.at(index) == '-' || scan.at(index) == '.';
    return !(joined && scan.isJoinedAfter(index + 1));
  }
}
