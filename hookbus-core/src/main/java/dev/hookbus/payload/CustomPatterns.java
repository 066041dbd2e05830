package dev.hookbus.payload;

/**
 * Regular expressions of the user. An interface, so that no pattern class is loaded without one.
 */
interface CustomPatterns {

  /** None. A class, as a lambda would have a fresh process spend milliseconds on linking it. */
  CustomPatterns NONE =
      new CustomPatterns() {
        @Override
        public void check(Scan scan, int index, int start, int end) {}
      };

  /**
   * Tries a pattern round the literal in a range.
   *
   * @throws RedactionTimeoutException if the patterns took longer than their deadline
   */
  void check(Scan scan, int index, int start, int end);
}
