package dev.hookbus.payload;

/** Values of {@code Authorization} and {@code Cookie} headers. */
final class HeaderRule {

  private static final int MAX_COOKIES = 64;
  private static final int MAX_NAME = 128;
  private static final int COOKIE_NAME = Chars.URL_SAFE | Chars.DOT | Chars.PERCENT;

  private static final String SCHEMES =
      " bearer basic digest token apikey api-key key negotiate ntlm aws4-hmac-sha256 bot sso-key"
          + " ssws hawk oauth geniekey splunk deepl-auth-key klaviyo-api-key jwt mac apitoken"
          + " sharedkey sharedaccesssignature ";

  private static final String SESSION_COOKIES =
      " sid sessionid session sess phpsessid jsessionid connect.sid auth token csrftoken xsrf-token"
          + " asp.net_sessionid ";

  private HeaderRule() {}

  /** Keeps the scheme and replaces the credential, to the closing quote or the line's end. */
  static void authorization(Scan scan, int start, Quote nameQuote) {
    Quote quote = Quote.at(scan, start);
    if (quote.isStructure(scan, nameQuote)) {
      return;
    }
    int from = start + quote.length();
    int to = end(scan, from, quote, nameQuote);
    int word = scan.runEnd(from, Chars.URL_SAFE, 32);
    boolean scheme = Words.contains(SCHEMES, scan, from, word) && scan.at(word) == ' ';
    if (scheme) {
      from = scan.runEnd(word, Chars.BLANK, 8);
    } else if (isProse(scan, from, to)) {
      return;
    }
    if (!scan.matchesIgnoringCase(scan.runStart(word, Chars.URL_SAFE, 32), "aws4")
        && !scan.matchesIgnoringCase(scan.runStart(word, Chars.URL_SAFE, 32), "digest")
        && !quote.exists()) {
      to = Math.min(to, wordEnd(scan, from));
    }
    if (to - from >= 1 && !Placeholder.isAt(scan, from, to)) {
      scan.replaceBehindGap(from, to, "authorization-header", "an Authorization header");
      scan.tailRun(Chars.CREDENTIAL);
    }
  }

  private static int wordEnd(Scan scan, int from) {
    int end = from;
    while (scan.at(end) > ' '
        && scan.at(end) != '"'
        && scan.at(end) != '\''
        && scan.at(end) != '\\') {
      end++;
    }
    return end;
  }

  /** Whether this is a sentence about authorization, or a name for it, and no credential. */
  private static boolean isProse(Scan scan, int from, int to) {
    int word = scan.runEnd(from, Chars.LETTER | Chars.DASH | Chars.UNDERSCORE | Chars.DOT, 64);
    int next = scan.at(word);
    return word == from
        || word >= to
        || next == ' '
        || next == '('
        || next == '['
        || next == ','
        || next == ';';
  }

  private static int end(Scan scan, int from, Quote quote, Quote nameQuote) {
    if (quote.exists()) {
      return quote.end(scan, from, scan.high);
    }
    int stop = scan.high;
    if (nameQuote.exists()) {
      return ValueBounds.unquotedEnd(scan, from, Scan.AHEAD);
    }
    int i = from;
    while (i < stop) {
      int c = scan.at(i);
      if (c == '\n' || c == '\r' || c == '"' || c == '\'' || c == '`' || c == 0x1B) {
        break;
      }
      if (c == '\\') {
        break;
      }
      i++;
    }
    return i;
  }

  /** Replaces the values of cookies that may identify a session; short plain ones stay. */
  static void cookies(Scan scan, int start, Quote nameQuote, boolean set) {
    Quote quote = Quote.at(scan, start);
    if (quote.isStructure(scan, nameQuote)) {
      return;
    }
    int i = start + quote.length();
    if (scan.at(scan.runEnd(i, COOKIE_NAME, MAX_NAME)) != '=') {
      return;
    }
    int to = end(scan, i, quote, nameQuote);
    for (int n = 0; n < MAX_COOKIES && i < to; n++) {
      int name = scan.runEnd(i, COOKIE_NAME, MAX_NAME);
      if (scan.at(name) != '=' || name == i) {
        return;
      }
      int from = name + 1;
      int end = from;
      while (end < to && scan.at(end) != ';' && scan.at(end) != ' ') {
        end++;
      }
      boolean session =
          Words.contains(SESSION_COOKIES, scan, i, name) || scan.contains(i, name, "sess");
      if ((session || end - from >= 8 || scan.contains(i, name, "token"))
          && end > from
          && !Placeholder.isAt(scan, from, end)) {
        scan.replaceBehindGap(from, end, "cookie", "the value of a cookie");
        scan.tailRun(Chars.CREDENTIAL);
      }
      if (set) {
        return;
      }
      i = scan.at(end) == ';' ? scan.runEnd(end + 1, Chars.BLANK, 8) : end + 1;
    }
  }
}
