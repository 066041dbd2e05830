package dev.hookbus.payload;

/** Numbers of payment cards: a known issuer's prefix and length, and a valid check digit. */
final class CardNumber {

  private CardNumber() {}

  /** Whether a run of 13 to 19 digits is a card number that stands alone. */
  static boolean isPlain(Scan scan, int from, int to) {
    boolean joined =
        scan.at(from - 1) == '-'
            || scan.isJoinedAfter(to)
            || ((scan.at(to) == '-' || scan.at(to) == '.') && scan.isJoinedAfter(to + 1));
    return !joined && isIssued(scan, from, to - from) && isLuhnValid(scan, from, to);
  }

  /** End of a card number in groups that begins with four digits, or -1. */
  static int groupedEnd(Scan scan, int from) {
    int separator = scan.at(from + 4);
    if (separator != ' ' && separator != '-') {
      return -1;
    }
    int i = from;
    int digits = 0;
    int end = from;
    while (digits <= 19) {
      int group = scan.runEnd(i, Chars.DIGIT, 7) - i;
      if (group < 3 || group > 6) {
        break;
      }
      digits += group;
      end = i + group;
      if (fits(digits, group) && !scan.isJoinedAfter(end) && isLuhnValid(scan, from, end)) {
        return end;
      }
      if (scan.at(end) != separator) {
        break;
      }
      i = end + 1;
    }
    return -1;
  }

  private static boolean fits(int digits, int lastGroup) {
    return digits == 16 || digits == 14 || (digits >= 15 && digits <= 19 && lastGroup != 4);
  }

  private static boolean isIssued(Scan scan, int from, int length) {
    int four = 0;
    for (int i = 0; i < 4; i++) {
      four = four * 10 + scan.at(from + i) - '0';
    }
    int two = four / 100;
    int three = four / 10;
    if (four / 1000 == 4) {
      return length == 13 || length == 16 || length == 19;
    }
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
      return length == 16;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if (two == 36 || two == 38 || two == 39 || (three >= 300 && three <= 305)) {
      return length == 14 || length == 16;
    }
    if (four >= 3528 && four <= 3589) {
      return length >= 16;
    }
    return (two == 60 || two == 62 || two == 64 || two == 65 || two == 50 || two >= 56)
        && two <= 69
        && length >= 16;
  }

  private static boolean isLuhnValid(Scan scan, int from, int to) {
    int sum = 0;
    int seen = 0;
    boolean twice = false;
    for (int i = to - 1; i >= from; i--) {
      if (!scan.is(i, Chars.DIGIT)) {
        continue;
      }
      int digit = scan.at(i) - '0';
      int value = twice ? digit * 2 : digit;
      sum += value > 9 ? value - 9 : value;
      twice = !twice;
      seen |= 1 << digit;
    }
    // A number of equal digits is a filler.
    return sum % 10 == 0 && Integer.bitCount(seen) > 1;
  }
}
