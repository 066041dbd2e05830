package dev.hookbus.payload;

/** E-mail addresses, and credentials written as {@code user:password@host}. */
final class MailRule {

  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 255;
  private static final int MAX_CREDENTIALS = 64;
  private static final int LOCAL = Chars.WORD | Chars.DOT | Chars.DASH | Chars.PLUS | Chars.HIGH;
  private static final int DOMAIN = Chars.ALNUM | Chars.DOT | Chars.DASH | Chars.HIGH;

  /** What may look like a top-level domain but ends a file name. */
  private static final String FILE_SUFFIXES =
      " png jpg jpeg gif svg webp ico bmp js mjs cjs ts jsx tsx css scss json html htm java class"
          + " jar war so dll exe xml yml yaml txt log lock toml map cc cpp hpp kt go rb cs php zip"
          + " tgz gz whl ";

  /** Words before a colon behind which an address is an address. */
  private static final String LABELS =
      " mailto email e-mail mail from to cc bcc reply-to sender recipient contact user author by"
          + " owner maintainer committer sip sips xmpp im acct ";

  private MailRule() {}

  /** Looks at an at sign between two indexes; it may be an escape of several bytes. */
  static void check(Scan scan, int start, int end) {
    int domainEnd = domainEnd(scan, end);
    int password = passwordStart(scan, start);
    if (password > 0 && (domainEnd > 0 || isHost(scan, end))) {
      if (!Placeholder.isAt(scan, password, start)) {
        scan.replace(
            password,
            start,
            RedactionKind.API_KEY,
            "credentials",
            "a password between a user and a host");
      }
      return;
    }
    int local = localStart(scan, start);
    if (domainEnd < 0 || local >= start || isRemoteShell(scan, local, start, domainEnd)) {
      return;
    }
    scan.replace(local, domainEnd, RedactionKind.EMAIL, "email", "an e-mail address");
  }

  private static int localStart(Scan scan, int at) {
    int local = Math.max(scan.floor, scan.runStart(at, LOCAL, MAX_LOCAL));
    if (scan.at(local - 1) == '%') {
      local += 2;
    } else if (scan.at(local - 1) == '\\') {
      local += scan.at(local) == 'u' ? 5 : 1;
    } else if (scan.at(local) == 'm' && scan.startsBehindEscape(local + 1)) {
      local++;
    }
    while (local < at && !scan.is(local, Chars.WORD | Chars.HIGH)) {
      local++;
    }
    return local;
  }

  /** End of the domain that begins at {@code from}, or -1. */
  private static int domainEnd(Scan scan, int from) {
    int end = labelsEnd(scan, from, scan.runEnd(from, DOMAIN, MAX_DOMAIN));
    while (end > from && !scan.is(end - 1, Chars.ALNUM | Chars.HIGH)) {
      end--;
    }
    int dot = end - 1;
    while (dot > from && scan.at(dot) != '.') {
      dot--;
    }
    if (dot <= from || !scan.is(from, Chars.ALNUM | Chars.HIGH)) {
      return -1;
    }
    int letters = end - dot - 1;
    if (letters < 2 || letters > 24 || !isTopLevel(scan, dot + 1, end)) {
      return -1;
    }
    boolean call = scan.at(end) == '(' || scan.at(end) == '_' || scan.isRedacted(end);
    return call || Words.contains(FILE_SUFFIXES, scan, dot + 1, end) ? -1 : end;
  }

  /** A label begins with a letter or digit; a dot before anything else ends a sentence. */
  private static int labelsEnd(Scan scan, int from, int to) {
    for (int i = from; i < to; i++) {
      if (scan.at(i) == '.' && !scan.is(i + 1, Chars.ALNUM | Chars.HIGH)) {
        return i;
      }
    }
    return to;
  }

  private static boolean isTopLevel(Scan scan, int from, int to) {
    if (scan.matchesIgnoringCase(from, "xn--")) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (!scan.is(i, Chars.LETTER | Chars.HIGH)) {
        return false;
      }
    }
    return true;
  }

  /** {@code git@host:path} and the user of a URL name an account, not a mailbox. */
  private static boolean isRemoteShell(Scan scan, int local, int at, int domainEnd) {
    if (scan.at(local - 1) == '/' && scan.at(local - 2) == '/') {
      return true;
    }
    return scan.at(domainEnd) == ':' && at - local == 3 && scan.matches(local, "git");
  }

  /** Where the password of {@code user:password@} begins, or -1 if this is no such thing. */
  private static int passwordStart(Scan scan, int at) {
    if (scan.at(at - 1) == '@') {
      return -1;
    }
    int stop = Math.max(Math.max(scan.low, scan.floor), at - MAX_CREDENTIALS);
    int begin = at;
    int colon = -1;
    while (begin > stop && !endsCredentials(scan.at(begin - 1))) {
      begin--;
      if (scan.at(begin) == ':') {
        colon = begin;
      }
    }
    scan.steps += at - begin;
    boolean named =
        colon > begin
            && at - colon > 1
            && scan.runEnd(begin, Chars.URL_SAFE | Chars.DOT, MAX_LOCAL) == colon
            && scan.at(colon + 1) != '/'
            && scan.at(colon + 1) != ':';
    return named && !Words.contains(LABELS, scan, begin, colon) ? colon + 1 : -1;
  }

  private static boolean endsCredentials(int c) {
    return switch (c) {
      case '\\', '"', '\'', '`', '<', '>', ',', ';', '(', ')', '[', ']', '{', '}', '|', '=', '/' ->
          true;
      default -> c <= ' ' || c >= 128;
    };
  }

  /** Whether a host without a top-level domain follows: with a port, a path or in a DSN. */
  private static boolean isHost(Scan scan, int from) {
    int end = scan.runEnd(from, Chars.URL_SAFE | Chars.DOT, MAX_DOMAIN);
    if (end == from || !scan.is(from, Chars.ALNUM)) {
      return false;
    }
    int next = scan.at(end);
    if (next == '(') {
      return scan.contains(from, end, "tcp");
    }
    int port = scan.runEnd(end + 1, Chars.DIGIT, 6);
    return next == ':' && port > end + 1 && !scan.is(port, Chars.WORD);
  }
}
