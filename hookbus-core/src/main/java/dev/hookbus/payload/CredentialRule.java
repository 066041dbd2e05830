package dev.hookbus.payload;

/** JSON web tokens, credentials behind the name of an authentication scheme, signed URLs. */
final class CredentialRule {

  private static final int JWT_PARTS = 5;
  private static final int DECODED = 96;

  private CredentialRule() {}

  /** A JSON web token, given where its first part begins. */
  static void jwt(Scan scan, int start) {
    int before = scan.at(start - 1);
    if (!scan.matches(start, "eyJ")
        || !(scan.wordStarts(start) || before == '_' || before == '-')) {
      return;
    }
    int end = scan.runEnd(start, Chars.URL_SAFE);
    int parts = 1;
    boolean object = scan.matches(end + 1, "eyJ");
    while (parts < JWT_PARTS && scan.at(end) == '.') {
      int next = scan.runEnd(end + 1, Chars.URL_SAFE);
      if (next == end + 1 && parts != 1) {
        break;
      }
      end = next;
      parts++;
    }
    if (end - start > 12 && (parts >= 3 || (parts == 2 && object))) {
      end = scan.runEnd(end, Chars.BASE64 | Chars.URL_SAFE | Chars.EQUALS);
      scan.replace(start, end, RedactionKind.API_KEY, "jwt", "a JSON web token");
      scan.tailRun(Chars.URL_SAFE | Chars.DOT);
    }
  }

  /** {@code Bearer …} or {@code Basic …}, given the word with what separates it. */
  static void scheme(Scan scan, int start, int end) {
    if (!scan.wordStarts(start)) {
      return;
    }
    int from = scan.runEnd(end, Chars.BLANK, 8);
    if (scan.lower(start + 1) == 'e') {
      int to = credentialEnd(scan, from);
      if (isBearer(scan, from, to)) {
        replace(scan, from, to, "bearer", "a bearer credential");
      }
    } else {
      int to = scan.runEnd(from, Chars.BASE64 | Chars.EQUALS);
      if (to - from >= 8 && endsValue(scan.at(to)) && isUserAndPassword(scan, from, to)) {
        replace(scan, from, to, "basic-auth", "a user and password in base64");
      }
    }
  }

  /** Base64 that runs on into something else is cut at another place once that is redacted. */
  private static boolean endsValue(int next) {
    return next <= ' ' || "\"'`\\,;)}]>&|".indexOf(next) >= 0;
  }

  private static int credentialEnd(Scan scan, int from) {
    int to = scan.runEnd(from, Chars.CREDENTIAL);
    while (to > from && scan.at(to - 1) == '.') {
      to--;
    }
    return to;
  }

  /** Whether this is no English word, nor the name of what should stand here. */
  private static boolean isBearer(Scan scan, int from, int to) {
    if (to - from < 3 || Placeholder.isAt(scan, from, to)) {
      return false;
    }
    int letters = scan.runEnd(from, Chars.LOWER | Chars.DASH | Chars.DOT | Chars.UNDERSCORE, 256);
    boolean word = letters >= to && scan.runEnd(from, Chars.LOWER | Chars.DASH, 256) >= to;
    boolean capitals = scan.runEnd(from, Chars.UPPER | Chars.UNDERSCORE, 256) >= to;
    boolean capitalised = scan.runEnd(from + 1, Chars.LOWER, 256) >= to;
    return to - from > 24 || !(word || capitals || capitalised);
  }

  /** Whether base64 text says something like {@code user:password}. */
  private static boolean isUserAndPassword(Scan scan, int from, int to) {
    int bits = 0;
    int buffer = 0;
    boolean colon = false;
    for (int i = from; i < Math.min(to, from + DECODED) && scan.at(i) != '='; i++) {
      buffer = buffer << 6 | sextet(scan.at(i));
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        int c = buffer >> bits & 0xFF;
        if (c < ' ') {
          return false;
        }
        colon |= c == ':';
      }
    }
    return colon;
  }

  private static int sextet(int c) {
    if (c >= 'a') {
      return c - 'a' + 26;
    }
    if (c >= 'A') {
      return c - 'A';
    }
    if (c >= '0') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : 63;
  }

  /** The signature of a URL that grants access, given the name of its parameter. */
  static void signature(Scan scan, int start, int end) {
    int before = scan.at(start - 1);
    int to = scan.runEnd(end, Chars.CREDENTIAL & ~Chars.EQUALS);
    boolean parameter =
        before == '?' || before == '&' || before == '-' || before == ';' || before == '6';
    if (parameter && to - end >= 16) {
      replace(scan, end, to, "url-signature", "the signature of a URL");
    }
  }

  private static void replace(Scan scan, int from, int to, String rule, String reason) {
    scan.replace(from, to, RedactionKind.API_KEY, rule, reason);
    scan.tailRun(Chars.CREDENTIAL);
  }
}
