package dev.hookbus.payload;

/**
 * A quotation mark as it is written at some depth of escaping.
 *
 * @param mark {@code "}, {@code '}, a backtick, or 0 for none
 * @param backslashes how many stand before it: 0, or 1 for JSON in JSON, or 3 inside that
 */
record Quote(int mark, int backslashes) {

  static final Quote NONE = new Quote(0, 0);
  static final Quote PLAIN = new Quote('"', 0);

  private static final int MAX_BACKSLASHES = 31;

  /** The quotation mark at an index, escaped or not, or {@link #NONE}. */
  static Quote at(Scan scan, int index) {
    int i = index;
    while (scan.at(i) == '\\' && i - index < MAX_BACKSLASHES) {
      i++;
    }
    int mark = scan.at(i);
    int count = i - index;
    // At depth d a mark has 2^d - 1 backslashes; any other number ends with one that is text.
    if ((count & (count + 1)) != 0) {
      return NONE;
    }
    if (mark != '"' && mark != '\'' && mark != '`') {
      return NONE;
    }
    return i == index && mark == '"' ? PLAIN : new Quote(mark, i - index);
  }

  boolean exists() {
    return mark != 0;
  }

  /** Whether this ends a JSON string, rather than begin the value of what was named in it. */
  boolean isStructure(Scan scan, Quote nameQuote) {
    return scan.json && isPlain() && !nameQuote.isPlain();
  }

  /** Compared by hand: linking a record's equals costs a fresh process more than redacting. */
  private boolean isPlain() {
    return mark == '"' && backslashes == 0;
  }

  int length() {
    return exists() ? backslashes + 1 : 0;
  }

  void writeTo(RedactionOutput out) {
    if (exists()) {
      for (int i = 0; i < backslashes; i++) {
        out.put('\\');
      }
      out.put(mark);
    }
  }

  /**
   * Where the quoted text that begins at {@code from} ends: before its closing mark, before the
   * mark that closes a string around it, at a line end, or at {@code to}.
   */
  int end(Scan scan, int from, int to) {
    int end = search(scan, from, to);
    scan.steps += end - from;
    return end;
  }

  private int search(Scan scan, int from, int to) {
    int i = from;
    while (i < to) {
      int run = i;
      while (run < to && scan.in[run] == '\\') {
        run++;
      }
      if (run == to) {
        return to;
      }
      int c = scan.in[run];
      // Whatever quotes are inside it, this ends the JSON string around them.
      if (c == '"' && scan.json && (run - i) % 2 == 0) {
        return run;
      }
      if (isMark(c) && closesAfter(c, run - i, scan.json)) {
        return run - Math.min(backslashes, run - i);
      }
      if (c == '\n' || c == '\r' || (mark == '\'' && c == 'n' && run > i)) {
        return i;
      }
      i = run + 1;
    }
    return to;
  }

  private static boolean isMark(int c) {
    return c == '"' || c == '\'' || c == '`';
  }

  /** Whether a mark behind a number of backslashes ends the text quoted by this mark. */
  private boolean closesAfter(int c, int run, boolean json) {
    if (c == mark) {
      // At this depth a literal backslash is twice as many as the escape of a mark plus one.
      int unit = 2 * (backslashes + 1);
      return run % unit != unit - 1;
    }
    return c == '"' && (run == 0 ? json || backslashes > 0 : run < backslashes);
  }
}
