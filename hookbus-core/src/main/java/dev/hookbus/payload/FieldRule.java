package dev.hookbus.payload;

/**
 * Values of fields with a sensitive name, in JSON at any depth of escaping, YAML, properties,
 * source code, environment assignments, command options, headers, query strings and XML.
 */
final class FieldRule {

  private static final int MAX_NAME = 64;
  private static final int MAX_ELEMENTS = 256;
  private static final int NAME = Chars.WORD | Chars.DASH | Chars.DOT;
  private static final String REASON = "the value of a field with a sensitive name";

  private final Scan scan;
  private final FieldName name;
  private final FieldValue value;
  private final ValueBounds bounds;
  private final CustomFields custom;

  private int nameStart;
  private int nameEnd;
  private Quote nameQuote = Quote.NONE;
  private int separator;
  private int valueStart;

  FieldRule(Scan scan, CustomFields custom) {
    this.scan = scan;
    this.custom = custom;
    this.name = new FieldName(scan);
    this.value = new FieldValue(scan);
    this.bounds = new ValueBounds(scan);
  }

  /** Looks at the field whose name contains the word in a range. */
  void check(int start, int end) {
    nameEnd = nameEnd(end);
    if (nameEnd < 0) {
      return;
    }
    nameStart = nameStart(start);
    if (nameStart >= end || !findValue()) {
      return;
    }
    int type =
        custom.contains(scan, nameStart, nameEnd)
            ? FieldName.PASSWORD
            : name.classify(nameStart, nameEnd);
    if (type != FieldName.NONE) {
      redact(type);
    }
  }

  private int nameStart(int from) {
    // What has been replaced is no part of the name, as it will not be for a second pass.
    int start = Math.min(from, Math.max(scan.floor, scan.runStart(from, NAME, MAX_NAME)));
    if (start == from) {
      return start;
    }
    int before = scan.at(start - 1);
    if (before == '%') {
      start += 2;
    } else if (before == '\\' && scan.at(start) == 'u') {
      start += 5;
    } else if (before == '\\' && "nrtbf".indexOf(scan.at(start)) >= 0) {
      start++;
    } else if (scan.at(start) == 'm' && scan.startsBehindEscape(start + 1)) {
      start++;
    }
    return start;
  }

  /** End of the name, or -1 if what follows shows at once that this is no field. */
  private int nameEnd(int from) {
    int end = scan.runEnd(from, NAME, MAX_NAME);
    while (end > from && !scan.is(end - 1, Chars.WORD)) {
      end--;
    }
    return end - from >= MAX_NAME ? -1 : end;
  }

  /** Reads the separator behind the name; afterwards {@link #valueStart} is known. */
  private boolean findValue() {
    nameQuote = Quote.at(scan, nameEnd);
    int i = nameEnd + nameQuote.length();
    if (nameQuote.exists() && scan.at(i) == ']') {
      i++;
    }
    int gap = bounds.skipBlanks(i);
    separator = scan.at(gap);
    boolean blank = gap > i;
    return switch (separator) {
      case ':' -> colonAt(gap);
      case '=' -> equalsAt(gap);
      case '%' -> encodedValue(gap);
      case '>' -> !blank && isXmlElement() && valueAt(gap + 1);
      case '(' -> !blank && quotedValueAt(gap + 1) && isSetter();
      case ',' -> isPair() ? quotedValueAt(gap + 1) : namedValueAt(gap + 1);
      default -> blank && separator != -1 && valueBehindBlank(gap);
    };
  }

  private boolean colonAt(int colon) {
    int next = scan.at(colon + 1);
    return next != ':' && valueAt(next == '=' ? colon + 2 : colon + 1);
  }

  private boolean equalsAt(int sign) {
    int next = scan.at(sign + 1);
    return next != '=' && next != '~' && valueAt(next == '>' ? sign + 2 : sign + 1);
  }

  private boolean valueAt(int from) {
    valueStart = bounds.skipBlanks(from);
    if (nameQuote.exists() && scan.is(valueStart, Chars.LINE_END)) {
      valueStart = scan.runEnd(valueStart, Chars.SPACE, MAX_NAME);
    }
    return true;
  }

  private boolean quotedValueAt(int from) {
    valueStart = bounds.skipBlanks(from);
    separator = '=';
    return Quote.at(scan, valueStart).exists();
  }

  /** {@code password%3Dx}, and JSON in a URL: {@code %22password%22%3A%22x%22}. */
  private boolean encodedValue(int gap) {
    int i = scan.matches(gap, "%22") ? gap + 3 : gap;
    if (!scan.matchesIgnoringCase(i, "%3a") && !scan.matchesIgnoringCase(i, "%3d")) {
      return false;
    }
    i += 3;
    while (scan.matches(i, "%22") || scan.matches(i, "%20") || scan.at(i) == '+') {
      i += scan.at(i) == '+' ? 1 : 3;
    }
    valueStart = i;
    return true;
  }

  private boolean isXmlElement() {
    int before = scan.at(nameStart - 1);
    return before == '<' || (before == ':' && scan.is(nameStart - 2, Chars.WORD));
  }

  /** {@code .password("x")} and {@code setPassword("x")}. */
  private boolean isSetter() {
    int before = scan.at(nameStart);
    return scan.at(nameStart - 1) == '.'
        || before == '.'
        || scan.matches(nameStart, "set")
        || scan.matches(nameStart, "with")
        || scan.contains(nameStart, nameEnd, ".set")
        || scan.contains(nameStart, nameEnd, ".with")
        || isChained();
  }

  private boolean isChained() {
    int dot = nameEnd - 1;
    while (dot > nameStart && scan.at(dot) != '.') {
      dot--;
    }
    return dot > nameStart && !scan.matches(dot + 1, "get") && !scan.matches(dot + 1, "is");
  }

  /** {@code put("password", "x")} and {@code ["password", "x"]}. */
  private boolean isPair() {
    int before = scan.at(nameStart - nameQuote.length() - 1);
    return nameQuote.exists() && (before == '(' || before == '[');
  }

  /** {@code {"name": "DB_PASSWORD", "value": "x"}} as in lists of headers and variables. */
  private boolean namedValueAt(int from) {
    int i = from;
    while (i - from < 32 && (scan.is(i, Chars.SPACE) || scan.at(i) == '\\' || scan.at(i) == 'n')) {
      i++;
    }
    Quote quote = Quote.at(scan, i);
    i += quote.length();
    if (!scan.matches(i, "value")) {
      return false;
    }
    i += "value".length();
    i += Quote.at(scan, i).length();
    i = bounds.skipBlanks(i);
    separator = ':';
    return scan.at(i) == ':' && valueAt(i + 1);
  }

  /** Command options, {@code IDENTIFIED BY 'x'}, {@code .netrc} and XML attributes of a pair. */
  private boolean valueBehindBlank(int gap) {
    if (scan.at(nameStart) == '-' && !nameQuote.exists() && startsArgument(nameStart)) {
      separator = '-';
      valueStart = gap;
      return true;
    }
    if (scan.matches(gap, "value=")) {
      separator = '=';
      return valueAt(gap + "value=".length());
    }
    boolean password =
        scan.matchesIgnoringCase(nameEnd - 8, "password") && nameEnd - nameStart == 8;
    if (!password || nameQuote.exists()) {
      return false;
    }
    if (scan.at(gap) == '\'' && isSql()) {
      return quotedValueAt(gap);
    }
    if (scan.contains(Math.max(scan.low, nameStart - 80), nameStart, "login ")) {
      separator = '-';
      valueStart = gap;
      return true;
    }
    if (scan.matches(gap, "is ") || scan.matches(gap, "is: ")) {
      separator = ' ';
      valueStart = bounds.skipBlanks(gap + (scan.at(gap + 2) == ':' ? 4 : 3));
      return true;
    }
    return false;
  }

  private boolean startsArgument(int from) {
    int before = scan.at(from - 1);
    return before <= ' ' || before == '(' || before == '[' || scan.is(from - 1, Chars.QUOTE);
  }

  private boolean isSql() {
    int from = Math.max(scan.low, nameStart - 100);
    return scan.contains(from, nameStart, "user ") || scan.contains(from, nameStart, "role ");
  }

  private void redact(int type) {
    int start = bounds.skipLiteralPrefix(valueStart);
    Quote quote = Quote.at(scan, start);
    if (quote.isStructure(scan, nameQuote)) {
      return;
    }
    boolean json = nameQuote.exists() && (scan.json || nameQuote.backslashes() > 0);
    if (nameQuote.exists() && (scan.is(valueStart, Chars.DIGIT) || scan.at(valueStart) == '-')) {
      number(type);
    } else if (nameQuote.exists() && scan.at(valueStart) == '[') {
      elements(type);
    } else if (!quote.exists() && json) {
      return;
    } else if (type == FieldName.AUTHORIZATION) {
      HeaderRule.authorization(scan, valueStart, nameQuote);
    } else if (type == FieldName.COOKIE) {
      HeaderRule.cookies(scan, valueStart, nameQuote, scan.matchesIgnoringCase(nameStart, "set"));
    } else if (quote.exists()) {
      quoted(type, start, quote);
    } else {
      bare(type);
    }
  }

  private void quoted(int type, int start, Quote quote) {
    int from = start + quote.length();
    int to = quote.end(scan, from, judged(from));
    boolean data = nameQuote.exists() && separator == ':';
    if (value.isSecret(
        type, from, to, data ? FieldValue.DATA : FieldValue.LITERAL, nameStart, nameEnd)) {
      replaceQuoted(type, from, quote);
    }
  }

  /** Where a value is cut for judging it, so that what is no secret costs little. */
  private int judged(int from) {
    return Math.min(scan.high, from + FieldValue.JUDGED);
  }

  private void replaceQuoted(int type, int from, Quote quote) {
    replace(type, from, quote.end(scan, from, scan.high), Quote.NONE);
    scan.tailQuoted(quote);
  }

  private void elements(int type) {
    int i = valueStart + 1;
    for (int n = 0; n < MAX_ELEMENTS; n++) {
      i = scan.runEnd(i, Chars.SPACE, MAX_NAME);
      Quote quote = Quote.at(scan, i);
      if (!quote.exists()) {
        return;
      }
      int from = i + quote.length();
      int to = quote.end(scan, from, judged(from));
      if (value.isSecret(type, from, to, FieldValue.DATA, nameStart, nameEnd)) {
        replaceQuoted(type, from, quote);
        to = scan.floor;
      }
      i = scan.runEnd(to + quote.length(), Chars.SPACE, MAX_NAME);
      if (scan.at(i) != ',') {
        return;
      }
      i++;
    }
  }

  /** A JSON number becomes a string, quoted as the name is. */
  private void number(int type) {
    int to =
        scan.runEnd(
            valueStart, Chars.DIGIT | Chars.DASH | Chars.PLUS | Chars.DOT | Chars.HEX_LETTER, 64);
    int next = scan.at(scan.runEnd(to, Chars.SPACE, MAX_NAME));
    boolean ends =
        next == -1 || next == ',' || next == '}' || next == ']' || next == '\\' || next == '"';
    if (ends && value.isSecretNumber(type, valueStart, to, nameEnd)) {
      replace(type, valueStart, to, nameQuote);
    }
  }

  private void bare(int type) {
    if (type < FieldName.EMAIL && context() >= FieldValue.COLON && value.isCode(valueStart)) {
      return;
    }
    int to = bareEnd(FieldValue.JUDGED);
    if (value.isSecret(type, valueStart, to, context(), nameStart, nameEnd)) {
      int end = bareEnd(Scan.AHEAD);
      if (separator == ':' || separator == '=') {
        end = bounds.withMoreWords(type, valueStart, end);
      }
      replace(type, valueStart, end, Quote.NONE);
      scan.tailRun(Chars.CREDENTIAL);
    }
  }

  private int bareEnd(int max) {
    if (separator == '>') {
      return bounds.xmlEnd(valueStart, max);
    }
    int end = ValueBounds.unquotedEnd(scan, valueStart, max);
    int before = scan.at(nameStart - 1);
    if (before == '?' || before == '&') {
      return Math.min(end, scan.runEnd(valueStart, Chars.CREDENTIAL, max));
    }
    return end;
  }

  private int context() {
    return switch (separator) {
      case '-', ' ' -> FieldValue.OPTION;
      case '>', '%' -> FieldValue.TEXT;
      case ':' -> FieldValue.COLON;
      default ->
          valueStart > nameEnd + nameQuote.length() + 1 ? FieldValue.SPACED : FieldValue.ASSIGNED;
    };
  }

  private void replace(int type, int from, int to, Quote quote) {
    RedactionKind kind =
        switch (type) {
          case FieldName.EMAIL -> RedactionKind.EMAIL;
          case FieldName.PHONE -> RedactionKind.PHONE;
          case FieldName.SSN -> RedactionKind.SSN;
          case FieldName.CARD -> RedactionKind.CREDIT_CARD;
          default -> RedactionKind.API_KEY;
        };
    scan.passGap(from);
    scan.replace(from, to, kind, quote, "sensitive-field", REASON);
  }
}
