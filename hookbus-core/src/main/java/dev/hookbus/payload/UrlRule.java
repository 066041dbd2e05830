package dev.hookbus.payload;

/** Passwords and keys in the authority of a URL. */
final class UrlRule {

  private static final int MAX_AUTHORITY = 512;

  private UrlRule() {}

  static void check(Scan scan, int start, int end) {
    int first = scan.at(start);
    if (first == 't') {
      oracle(scan, end);
    } else if (first == '%') {
      encoded(scan, end);
    } else {
      plain(scan, end);
    }
  }

  private static void plain(Scan scan, int from) {
    int colon = -1;
    int slash = -1;
    int at = -1;
    int stop = Math.min(scan.high, from + MAX_AUTHORITY);
    for (int i = from; i < stop; i++) {
      scan.steps++;
      int c = scan.at(i);
      if (c == ':' && scan.at(i + 1) == '/' && scan.at(i + 2) == '/') {
        break;
      }
      // What has been replaced in place of a user may have had blanks, so may be no user.
      if (c == '[' && colon < 0 && scan.isRedacted(i)) {
        break;
      }
      if (c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`' || c == '\\') {
        break;
      }
      if (c == '@' && (slash < 0 || (at < 0 && isPassword(scan, colon, slash)))) {
        at = i;
      } else if (c == ':' && colon < 0) {
        colon = i;
      } else if ((c == '/' || c == '?' || c == '#') && slash < 0) {
        slash = i;
        if (at > 0) {
          break;
        }
      } else if (c == '&' && slash > 0) {
        break;
      }
    }
    if (at < 0) {
      return;
    }
    if (colon > 0 && colon < at) {
      password(scan, colon + 1, at);
    } else if (looksLikeKey(scan, from, at)) {
      replace(scan, from, at, "a key in place of the user of a URL");
    }
  }

  /** Whether what stands between a colon and a slash is no port, so may be part of a password. */
  private static boolean isPassword(Scan scan, int colon, int slash) {
    return colon > 0
        && colon < slash
        && slash - colon > 1
        && scan.runEnd(colon + 1, Chars.DIGIT, 6) < slash;
  }

  private static void encoded(Scan scan, int from) {
    int end =
        scan.runEnd(from, Chars.URL_SAFE | Chars.DOT | Chars.PERCENT | Chars.TILDE, MAX_AUTHORITY);
    int colon = -1;
    for (int i = from; i < end; i++) {
      if (colon < 0 && scan.matchesIgnoringCase(i, "%3a")) {
        colon = i;
      } else if (scan.matches(i, "%40") && colon > 0) {
        password(scan, colon + 3, i);
        return;
      } else if (scan.matchesIgnoringCase(i, "%2f")) {
        return;
      }
    }
  }

  /** {@code jdbc:oracle:thin:user/password@host}. */
  private static void oracle(Scan scan, int from) {
    int slash = scan.runEnd(from, Chars.WORD, 64);
    int at = scan.at(slash) == '/' ? slash + 1 : slash;
    while (at < slash + 64
        && scan.at(at) > ' '
        && scan.at(at) != '@'
        && !scan.is(at, Chars.QUOTE)) {
      at++;
    }
    if (slash > from && at > slash && scan.at(at) == '@') {
      password(scan, slash + 1, at);
    }
  }

  private static void password(Scan scan, int from, int to) {
    if (to > from && !Placeholder.isAt(scan, from, to)) {
      replace(scan, from, to, "a password in a URL");
    }
  }

  private static boolean looksLikeKey(Scan scan, int from, int to) {
    return to - from >= 16
        && scan.runEnd(from, Chars.URL_SAFE, MAX_AUTHORITY) == to
        && scan.runEnd(from, Chars.LETTER | Chars.DASH | Chars.UNDERSCORE, MAX_AUTHORITY) < to;
  }

  private static void replace(Scan scan, int from, int to, String reason) {
    scan.replaceBehindGap(from, to, "url-credentials", reason);
  }
}
