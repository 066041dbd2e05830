package dev.hookbus.payload;

/** The user's name in paths of home directories, on Unix, macOS and Windows. */
final class HomeRule {

  private static final int MAX_NAME = 64;
  private static final int NAME = Chars.URL_SAFE | Chars.DOT | Chars.HIGH | Chars.PLUS;

  private static final String NOBODY = " shared public default all desktop.ini . .. ";

  private static final String PAGES = " html htm js jsx ts tsx css php vue svelte json png svg md ";

  /** Directories under which the home directories of a machine may be mounted. */
  private static final String[] MOUNTS = {
    "/mnt/c",
    "/mnt/d",
    "/c",
    "/d",
    "/export",
    "/var",
    "/usr",
    "/private",
    "/host",
    "/nfs",
    "/System/Volumes/Data"
  };

  private HomeRule() {}

  /** Looks at the name of the directory of all homes, given with its separators. */
  static void check(Scan scan, int start, int end) {
    int first = scan.at(start);
    boolean home =
        switch (first) {
          case '-' -> isProjectName(scan, start);
          case '%' -> true;
          case '\\' -> scan.at(start + 1) == '/' || hasDrive(scan, start);
          default -> isUnixHome(scan, start);
        };
    if (!home) {
      return;
    }
    int from = end + separators(scan, start, end);
    int to = scan.runEnd(from, first == '-' ? Chars.WORD : NAME, MAX_NAME);
    if (first == '%' || first == '-' || first == '/' || scan.at(start + 1) == '/') {
      to = withoutSentenceEnd(scan, from, to);
    } else {
      to = withSpaces(scan, from, withoutSentenceEnd(scan, from, to));
    }
    if (to == from || Words.contains(NOBODY, scan, from, to) || isPage(scan, from, to)) {
      return;
    }
    scan.replace(from, to, RedactionKind.HOME, "home-path", "the user in a home directory");
  }

  /** As many more backslashes as escape the one before the name: as many as before its parent. */
  private static int separators(Scan scan, int start, int end) {
    int before = 0;
    while (before < 8 && scan.at(start - 1 - before) == '\\') {
      before++;
    }
    int after = 0;
    while (after < before && scan.at(end + after) == '\\') {
      after++;
    }
    return after;
  }

  private static int withoutSentenceEnd(Scan scan, int from, int to) {
    int end = to;
    while (end > from && (scan.at(end - 1) == '.' || scan.at(end - 1) == '-')) {
      end--;
    }
    return end;
  }

  /** A Windows name may have spaces; only a following backslash shows that they belong to it. */
  private static int withSpaces(Scan scan, int from, int to) {
    if (scan.at(to) != ' ') {
      return to;
    }
    int end = scan.runEnd(to, NAME | Chars.BLANK, 32);
    return scan.at(end) == '\\' && to > from ? end : to;
  }

  /** An agent host names a project's directory after its path: {@code projects/-home-ann-shop}. */
  private static boolean isProjectName(Scan scan, int start) {
    return scan.matches(start - "projects/".length(), "projects/");
  }

  private static boolean hasDrive(Scan scan, int start) {
    int i = start;
    while (start - i < 8 && scan.at(i - 1) == '\\') {
      i--;
    }
    return scan.at(i - 1) == ':' && scan.is(i - 2, Chars.LETTER);
  }

  private static boolean isUnixHome(Scan scan, int start) {
    if (!scan.matches(start, "/Users/") && !scan.matches(start, "/home/")) {
      return scan.at(start - 1) == ':'
          && scan.is(start - 2, Chars.LETTER)
          && !scan.is(start - 3, Chars.WORD);
    }
    int before = scan.at(start - 1);
    if (before == '/') {
      return scan.matchesIgnoringCase(start - "file://".length(), "file://");
    }
    boolean joined =
        scan.is(start - 1, Chars.WORD | Chars.DOT | Chars.DASH | Chars.HIGH)
            || before == ')'
            || before == ']'
            || before == '}'
            || before == '*'
            || before == '~';
    return !joined
        || scan.startsBehindEscape(start)
        || (scan.is(start - 1, Chars.UPPER) && scan.at(start - 2) == '-')
        || isMounted(scan, start);
  }

  private static boolean isMounted(Scan scan, int start) {
    for (String mount : MOUNTS) {
      int from = start - mount.length();
      if (scan.matches(from, mount) && !scan.is(from - 1, Chars.WORD | Chars.DOT)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this is a page called home rather than a user. */
  private static boolean isPage(Scan scan, int from, int to) {
    int dot = to - 1;
    while (dot > from && scan.at(dot) != '.') {
      dot--;
    }
    return dot > from && Words.contains(PAGES, scan, dot + 1, to);
  }
}
