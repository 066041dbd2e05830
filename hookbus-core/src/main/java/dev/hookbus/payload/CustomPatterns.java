package dev.hookbus.payload;

/** Regular expressions of the user, each behind a literal, in a window, with a deadline. */
interface CustomPatterns {

  CustomPatterns NONE = (scan, index, start, end) -> {};

  /** Tries a pattern round the literal in a range. */
  void check(Scan scan, int index, int start, int end);
}
