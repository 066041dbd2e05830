package dev.hookbus.payload;

/** IP addresses, told from version numbers and object identifiers. */
final class AddressRule {

  private static final String VERSION_WORDS =
      " version versions ver v jls jvms release revision rev build section sec chapter clause oid"
          + " appendix sdk fileversion assemblyversion productversion ";

  /** As long as {@code 800-90Ar1}. */
  private static final int LONGEST_PUBLICATION = 9;

  private AddressRule() {}

  /** Looks at the second number of a dotted quad, given with the dots around it. */
  static void check(Scan scan, int start, int end) {
    int from = scan.runStart(start, Chars.DIGIT, 4);
    int third = scan.runEnd(end, Chars.DIGIT, 4);
    int to = scan.at(third) == '.' ? scan.runEnd(third + 1, Chars.DIGIT, 4) : -1;
    if (to < 0
        || !isOctet(scan, from, start)
        || !isOctet(scan, start + 1, end - 1)
        || !isOctet(scan, end, third)
        || !isOctet(scan, third + 1, to)
        || !standsAlone(scan, from, to)
        || isVersion(scan, from, to)) {
      return;
    }
    int first = number(scan, from, start);
    int second = number(scan, start + 1, end - 1);
    if (isNobodys(scan, from, to)
        || isObjectIdentifier(scan, from, first)
        || (scan.mode == RedactionMode.LENIENT && isPrivate(first, second))) {
      return;
    }
    scan.replace(from, to, RedactionKind.IP, "ipv4", "an IPv4 address");
  }

  private static boolean isOctet(Scan scan, int from, int to) {
    int length = to - from;
    return length >= 1
        && length <= 3
        && number(scan, from, to) <= 255
        && !(length > 1 && scan.at(from) == '0');
  }

  private static int number(Scan scan, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + scan.at(i) - '0';
    }
    return number;
  }

  private static boolean standsAlone(Scan scan, int from, int to) {
    int before = scan.at(from - 1);
    if (!scan.wordStarts(from) || before == '.') {
      return false;
    }
    if (before == '-' && !scan.is(from - 2, Chars.DIGIT | Chars.BLANK)) {
      return false;
    }
    if (before == '/' && scan.isJoinedBefore(from - 1) && scan.at(to) != ':') {
      return false;
    }
    int next = scan.at(to);
    if (scan.isJoinedAfter(to)) {
      return false;
    }
    return !((next == '.' && (scan.isJoinedAfter(to + 1) || scan.at(to + 1) == '*'))
        || (next == '-' && (scan.is(to + 1, Chars.LETTER) || scan.isRedacted(to + 1)))
        || next == '+');
  }

  private static boolean isVersion(Scan scan, int from, int to) {
    int before = scan.at(from - 1);
    if (before == '~'
        || before == '^'
        || (before == '=' && "=<>~!".indexOf(scan.at(from - 2)) >= 0)) {
      return true;
    }
    if (scan.at(to - 1) == '0' && scan.matches(to - 6, ".0.0.0") && scan.at(to) != '/') {
      return scan.at(from) != '0';
    }
    int i = from;
    while (from - i < 6 && " :=\"'(\\\t".indexOf(scan.at(i - 1)) >= 0) {
      i--;
    }
    int word = scan.runStart(i, Chars.LETTER, 24);
    return Words.contains(VERSION_WORDS, scan, word, i)
        || isStandard(scan, i)
        || scan.matchesIgnoringCase(to, " of rfc");
  }

  /** Whether a standard is named before an index, so that its section follows: {@code RFC 5280}. */
  private static boolean isStandard(Scan scan, int end) {
    int number = scan.runStart(end, Chars.DIGIT, 5);
    int name = scan.runStart(number, Chars.BLANK, 2);
    if (number < end && scan.matchesIgnoringCase(name - 3, "rfc")) {
      return true;
    }
    int publication = scan.runStart(end, Chars.URL_SAFE, 10);
    return end - publication <= LONGEST_PUBLICATION && scan.matches(publication, "800-");
  }

  /** Network masks and the address that stands for any are no machine's. */
  private static boolean isNobodys(Scan scan, int from, int to) {
    return scan.matches(from, "255.") || (to - from == 7 && scan.matches(from, "0.0.0.0"));
  }

  /** The arcs of X.500 attributes and extensions have the form of an address. */
  private static boolean isObjectIdentifier(Scan scan, int from, int first) {
    return first <= 2
        && (scan.matches(from, "2.5.4.")
            || scan.matches(from, "2.5.29.")
            || scan.matches(from, "1.3.101."));
  }

  private static boolean isPrivate(int first, int second) {
    return first == 10
        || first == 127
        || first == 0
        || (first == 172 && second >= 16 && second <= 31)
        || (first == 192 && second == 168)
        || (first == 169 && second == 254);
  }

  /** Looks at a colon of what may be an IPv6 address. */
  static void checkV6(Scan scan, int start, int end) {
    int from = end;
    while (end - from < 40 && (scan.is(from - 1, Chars.HEX) || scan.at(from - 1) == ':')) {
      from--;
    }
    int to = end;
    while (to - from < 46 && (scan.is(to, Chars.HEX) || scan.at(to) == ':')) {
      to++;
    }
    // What has been replaced behind a colon was one more group, of whatever kind.
    boolean cut = scan.at(to - 1) == ':' && scan.isRedacted(to);
    while (to > end && scan.at(to - 1) == ':') {
      to--;
    }
    if (cut
        || scan.isJoinedBefore(from)
        || scan.at(from - 1) == '.'
        || scan.isJoinedAfter(to)
        || from < scan.floor) {
      return;
    }
    if (!isV6(scan, from, to) || (scan.mode == RedactionMode.LENIENT && scan.lower(from) == 'f')) {
      return;
    }
    scan.replace(from, to, RedactionKind.IP, "ipv6", "an IPv6 address");
  }

  private static boolean isV6(Scan scan, int from, int to) {
    int groups = 0;
    int twoDigitGroups = 0;
    boolean gap = false;
    int i = from;
    while (i < to) {
      int groupEnd = scan.runEnd(i, Chars.HEX, 5);
      if (groupEnd - i > 4) {
        return false;
      }
      groups += groupEnd > i ? 1 : 0;
      twoDigitGroups += groupEnd - i == 2 ? 1 : 0;
      if (scan.at(groupEnd) == ':' && scan.at(groupEnd + 1) == ':') {
        if (gap) {
          return false;
        }
        gap = true;
        groupEnd++;
      }
      i = groupEnd + 1;
    }
    if (!gap) {
      return groups == 8 && twoDigitGroups < 8;
    }
    return groups >= 2 && groups < 8 && isRoutedPrefix(scan, from);
  }

  /** Whether the first group is one in use: {@code 2xxx}, {@code 3xxx}, {@code fcxx} and up. */
  private static boolean isRoutedPrefix(Scan scan, int from) {
    if (scan.runEnd(from, Chars.HEX, 5) - from != 4) {
      return false;
    }
    int first = scan.lower(from);
    int second = scan.lower(from + 1);
    return first == '2' || first == '3' || (first == 'f' && second >= 'c' && second <= 'f');
  }
}
