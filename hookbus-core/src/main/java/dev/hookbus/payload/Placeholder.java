package dev.hookbus.payload;

/** Tells what only stands for a value: references, masks, templates, words such as {@code null}. */
final class Placeholder {

  private static final int IDENTIFIER = Chars.WORD | Chars.DOT;

  private static final String NO_VALUES =
      " null none nil undefined true false yes no on off n/a na tbd todo redacted masked hidden"
          + " placeholder empty unset optional required string str char text any object number"
          + " boolean bool int integer long float double byte bytes buffer array list map unknown"
          + " void never symbol self this default disabled enabled varchar password secret token"
          + " nullable literal type anonymous ";

  private Placeholder() {}

  /**
   * Whether a value stands for one: a reference to a variable, a mask, a template, a word such as
   * {@code null}, or one of our own tokens.
   */
  static boolean isAt(Scan scan, int from, int to) {
    if (scan.hasRedacted(from, Math.min(to, from + FieldValue.JUDGED))) {
      return true;
    }
    int first = scan.at(from);
    int second = scan.at(from + 1);
    return switch (first) {
      case '{', '<', '(', '`' -> true;
      case '$' ->
          second == '{' || second == '(' || scan.is(from + 1, Chars.LETTER | Chars.UNDERSCORE);
      case '[' ->
          second == ']' || scan.runEnd(from + 1, Chars.UPPER | Chars.UNDERSCORE, 64) > from + 3;
      case '%' -> second == 's' || second == '(' || second == '{' || scan.at(to - 1) == '%';
      case '&', '!' ->
          scan.is(from + 1, Chars.LETTER)
              && scan.runEnd(from + 1, IDENTIFIER, FieldValue.LONGEST_NAME) >= to;
      default ->
          isMask(scan, from, to)
              || Words.contains(NO_VALUES, scan, from, to)
              || scan.matchesIgnoringCase(from, "your")
              || (first == '#' && second == '{')
              || isCall(scan, from, to)
              || isEnvironment(scan, from);
    };
  }

  private static boolean isMask(Scan scan, int from, int to) {
    int first = scan.lower(from);
    if (first != '*'
        && first != 'x'
        && first != '.'
        && first != '-'
        && first != '_'
        && first != '#'
        && first < 128) {
      return false;
    }
    int same = 0;
    int stop = Math.min(to, from + FieldValue.LONGEST_NAME);
    for (int i = from; i < stop; i++) {
      boolean equal = scan.lower(i) == first || (first >= 128 && scan.at(i) >= 128);
      if (!equal) {
        return first == '*' && same >= 3;
      }
      same++;
    }
    return same >= 3 || first == '*';
  }

  /** {@code getenv(…)}, {@code env.get(…)}: code that will give the value. */
  private static boolean isCall(Scan scan, int from, int to) {
    int name = scan.runEnd(from, IDENTIFIER, FieldValue.LONGEST_NAME);
    return name > from + 2
        && (scan.at(name) == '(' || scan.at(name) == '[')
        && !scan.is(from, Chars.DIGIT)
        && name <= to;
  }

  private static boolean isEnvironment(Scan scan, int from) {
    return scan.matches(from, "process.env")
        || scan.matches(from, "os.environ")
        || scan.matches(from, "secrets.");
  }
}
