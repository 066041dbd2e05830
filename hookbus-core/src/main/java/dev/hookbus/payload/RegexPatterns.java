package dev.hookbus.payload;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tries each pattern in a window round its literal, and gives up at a deadline. */
final class RegexPatterns implements CustomPatterns {

  /** Half of the window. */
  private static final int REACH = 512;

  /** How many characters a pattern reads between two looks at the clock. */
  private static final int PATIENCE = 1_024;

  private final List<Rule> rules;
  private final long deadlineNanos;

  RegexPatterns(List<Rule> rules, long deadlineNanos) {
    this.rules = List.copyOf(rules);
    this.deadlineNanos = deadlineNanos;
  }

  /** A pattern and the literal without which it is not tried. */
  record Rule(String name, String literal, Pattern pattern) {}

  @Override
  public void check(Scan scan, int index, int start, int end) {
    Rule rule = rules.get(index);
    int from = Math.max(Math.max(scan.low, scan.floor), start - REACH);
    int to = Math.min(scan.high, end + REACH);
    // One char a byte, so that indexes are those of the text.
    String window = new String(scan.in, from, to - from, StandardCharsets.ISO_8859_1);
    long begin = System.nanoTime();
    long left = deadlineNanos - scan.patternNanos;
    Matcher matcher = rule.pattern().matcher(new Watched(window, rule.name(), begin + left));
    boolean found = matcher.find();
    scan.patternNanos += System.nanoTime() - begin;
    if (found) {
      int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
      scan.replace(
          from + matcher.start(group),
          from + matcher.end(group),
          RedactionKind.API_KEY,
          rule.name(),
          "a pattern added by the application");
    }
  }

  /** Text that stops a pattern which reads it for too long. */
  private static final class Watched implements CharSequence {

    private final String text;
    private final String rule;
    private final long deadline;
    private int reads;

    Watched(String text, String rule, long deadline) {
      this.text = text;
      this.rule = rule;
      this.deadline = deadline;
    }

    @Override
    public char charAt(int index) {
      if (++reads % PATIENCE == 0 && System.nanoTime() - deadline > 0) {
        throw new RedactionTimeoutException(rule);
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
