package dev.hookbus.policy;

/** Matches a name against a shell's pattern of {@code *}, {@code ?} and {@code […]}. */
final class Glob {

  private Glob() {}

  /** Whether the pattern takes that name. Backtracks to the last star only, so it is quick. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int starName = 0;
    while (n < name.length()) {
      int next = p < pattern.length() ? step(pattern, p, name.charAt(n)) : -1;
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starName = n;
      } else if (next > 0) {
        p = next;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Where the pattern goes on behind one character, or -1 if it does not take that. */
  private static int step(String pattern, int at, char c) {
    char wanted = pattern.charAt(at);
    if (wanted == '?') {
      return at + 1;
    }
    int close = wanted == '[' ? pattern.indexOf(']', Math.min(at + 2, pattern.length())) : -1;
    if (close < 0) {
      return wanted == c ? at + 1 : -1;
    }
    boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
    boolean found = false;
    for (int i = at + (negated ? 2 : 1); i < close; i++) {
      char low = pattern.charAt(i);
      boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
      char high = range ? pattern.charAt(i + 2) : low;
      found |= low <= c && c <= high;
      i += range ? 2 : 0;
    }
    return found != negated ? close + 1 : -1;
  }

  /** Whether a pattern takes every name, or every name that has some character. */
  static boolean takesEverything(String pattern) {
    return matches(pattern, "a0.b-c") && matches(pattern, "Zy") && pattern.indexOf('*') >= 0;
  }
}
