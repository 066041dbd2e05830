package dev.hookbus.payload;

/**
 * Tells secrets from names, types and references, by what the field is and where its value stands.
 */
final class FieldValue {

  /** A quoted value of a quoted name: JSON and its like. */
  static final int DATA = 0;

  /** A quoted value of a bare name: source code, properties, XML attributes. */
  static final int LITERAL = 1;

  /** A bare value behind a command option, or behind "is". */
  static final int OPTION = 2;

  /** XML content, a value in a URL. */
  static final int TEXT = 3;

  /** A bare value behind a colon. */
  static final int COLON = 4;

  /** A bare value behind an equals sign with blanks. */
  static final int SPACED = 5;

  /** A bare value right behind an equals sign. */
  static final int ASSIGNED = 6;

  private static final int IDENTIFIER = Chars.WORD | Chars.DOT;

  /** Enough of a value to judge it by. */
  static final int JUDGED = 256;

  /** Longer text is never taken for a name. */
  static final int LONGEST_NAME = 128;

  private static final String NO_PASSWORDS =
      " must is was are not cannot should can has have may will would the a an for from to of and"
          + " or in with invalid incorrect wrong missing expired expires changed reset too required"
          + " optional hash hashed value input args arg data line result field prompt ok error"
          + " failed failure accepted rejected protected authentication based policy login user"
          + " please enter new old your my their at least only used when if it that this ";

  private static final String MENTIONS =
      " password passwd passphrase secret token key email phone ";

  private final Scan scan;

  FieldValue(Scan scan) {
    this.scan = scan;
  }

  boolean isSecretNumber(int type, int from, int to, int nameEnd) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      digits += scan.is(i, Chars.DIGIT) ? 1 : 0;
    }
    return switch (type) {
      case FieldName.PASSWORD, FieldName.AUTHORIZATION -> true;
      case FieldName.SECRET -> digits >= 4;
      case FieldName.TOKEN -> digits >= 6 && scan.at(nameEnd - 1) != 's';
      case FieldName.PHONE -> digits >= 7;
      case FieldName.SSN, FieldName.CARD -> digits >= 4;
      default -> false;
    };
  }

  /** Whether a range holds a secret, given the type of the field and where the value stands. */
  boolean isSecret(int type, int from, int to, int context, int nameStart, int nameEnd) {
    if (to <= from || Placeholder.isAt(scan, from, to)) {
      return false;
    }
    if (type >= FieldName.AUTHORIZATION) {
      return true;
    }
    if (type >= FieldName.EMAIL) {
      return isPersonal(type, from, to, context);
    }
    if (isPath(type, from, to)) {
      return false;
    }
    boolean named = to - from <= LONGEST_NAME && mentionsField(from, to);
    if (type == FieldName.KEY) {
      return to - from >= 8 && !named && isRandom(from, to);
    }
    int words = wordsEnd(from);
    boolean plainWord = words >= to && to - from <= LONGEST_NAME;
    return switch (context) {
      case DATA -> isSecretData(type, from, to, plainWord, named);
      case LITERAL -> isSecretLiteral(type, from, to, plainWord, named);
      case OPTION -> isSecretOption(type, from, to, plainWord, named);
      case TEXT -> type != FieldName.TOKEN || !plainWord;
      default -> isSecretBare(type, from, to, context, plainWord, named, nameStart);
    };
  }

  private boolean isSecretData(int type, int from, int to, boolean plainWord, boolean named) {
    boolean prose = isSentence(from, to) && !has(from, to, '=');
    if (prose && (named || type != FieldName.PASSWORD)) {
      return false;
    }
    return type != FieldName.TOKEN || !plainWord || to - from > 16;
  }

  private boolean isSecretLiteral(int type, int from, int to, boolean plainWord, boolean named) {
    if (hasFormat(from, to) || (named && plainWord)) {
      return false;
    }
    boolean sentence = isSentence(from, to);
    if (type == FieldName.PASSWORD) {
      return to - from >= 3 && !(sentence && (named || scan.is(from, Chars.UPPER)));
    }
    if (sentence) {
      return false;
    }
    return to - from >= 6
        && !plainWord
        && !isDotted(from, to)
        && (type != FieldName.TOKEN || hasDigit(from, to));
  }

  private boolean isSecretOption(int type, int from, int to, boolean plainWord, boolean named) {
    if (scan.at(from) == '-' || (plainWord && isAllUpper(from, to))) {
      return false;
    }
    if (scan.at(from) == '=' || scan.at(from) == '|' || scan.at(from) == '#') {
      return false;
    }
    if (type == FieldName.PASSWORD) {
      return !(plainWord && (named || Words.contains(NO_PASSWORDS, scan, from, to)));
    }
    return !plainWord && to - from >= 4 && hasDigit(from, to);
  }

  private boolean isSecretBare(
      int type, int from, int to, int context, boolean plainWord, boolean named, int nameStart) {
    int next = scan.at(to);
    boolean identifier = scan.runEnd(from, IDENTIFIER, LONGEST_NAME) >= to;
    boolean codeEnd =
        next == ','
            || next == ')'
            || next == '('
            || next == '['
            || next == '{'
            || (next == ';' && !scan.is(to + 1, Chars.LETTER))
            || next == '?'
            || next == '|';
    if (plainWord) {
      return isSecretWord(type, from, to, context, named, codeEnd, nameStart);
    }
    if (identifier && (named || isDotted(from, to)) && (codeEnd || context != ASSIGNED)) {
      return false;
    }
    int length = to - from;
    boolean number = scan.runEnd(from, Chars.DIGIT | Chars.DOT, LONGEST_NAME) >= to;
    if (number) {
      return type == FieldName.PASSWORD
          ? length >= (context == COLON ? 6 : 3)
          : length >= 8 && type == FieldName.SECRET;
    }
    if (identifier && codeEnd && context != ASSIGNED && length < 8) {
      return false;
    }
    return type == FieldName.PASSWORD
        ? length >= 3
        : length >= 6 && (hasDigit(from, to) || type == FieldName.SECRET);
  }

  /** A bare word without digits may be a password, but is more often a variable or a type. */
  private boolean isSecretWord(
      int type, int from, int to, int context, boolean named, boolean codeEnd, int nameStart) {
    boolean constant = scan.is(nameStart, Chars.UPPER) && scan.is(nameStart + 1, Chars.UPPER);
    boolean dotted = wordEnd(from) < to;
    if (named || codeEnd || dotted || Words.contains(NO_PASSWORDS, scan, from, to)) {
      return false;
    }
    if (type == FieldName.PASSWORD) {
      boolean oneCase = scan.runEnd(from + 1, Chars.LOWER, LONGEST_NAME) >= to;
      return switch (context) {
        case ASSIGNED -> true;
        case COLON -> oneCase && scan.is(from, Chars.LOWER) && endsLine(to);
        default -> constant && endsLine(to);
      };
    }
    return context == ASSIGNED && to - from >= (constant ? 8 : 16) && !scan.is(from, Chars.UPPER);
  }

  private boolean endsLine(int to) {
    int next = scan.at(to);
    return next == -1
        || next == '\n'
        || next == '\r'
        || next == '"'
        || next == '\''
        || next == '\\'
        || next == ' ';
  }

  private boolean isPersonal(int type, int from, int to, int context) {
    int digits = 0;
    boolean at = false;
    int stop = Math.min(to, from + LONGEST_NAME);
    for (int i = from; i < stop; i++) {
      digits += scan.is(i, Chars.DIGIT) ? 1 : 0;
      at |= scan.at(i) == '@';
    }
    if (type == FieldName.EMAIL) {
      return context <= LITERAL
          && (at || (context == DATA && isSentence(from, to) && !mentionsField(from, to)))
          && !hasFormat(from, to);
    }
    boolean plain =
        scan.runEnd(
                    from,
                    Chars.DIGIT | Chars.DASH | Chars.BLANK | Chars.DOT | Chars.PLUS | Chars.SLASH,
                    LONGEST_NAME)
                >= to
            || digits * 2 >= to - from;
    return (plain && digits >= (type == FieldName.PHONE ? 7 : 9))
        || (context == DATA && type != FieldName.PHONE && digits >= 4);
  }

  /** A bare value that reads like an expression of a programming language. */
  boolean isCode(int from) {
    int name = scan.runEnd(from, IDENTIFIER, LONGEST_NAME);
    int next = scan.at(name);
    if (name == from) {
      return false;
    }
    boolean member =
        (next == '-' && scan.at(name + 1) == '>')
            || (next == ':' && scan.at(name + 1) == ':')
            || (next == '?' && scan.at(name + 1) == '.')
            || next == '('
            || next == '<';
    return member || (next == '[' && !scan.isRedacted(name));
  }

  /** Whether a value is a path, relative or absolute, or for less than a password, a URL. */
  private boolean isPath(int type, int from, int to) {
    int first = scan.at(from);
    int second = scan.at(from + 1);
    if ((first == '~' && second == '/')
        || (first == '.' && (second == '/' || second == '.'))
        || (second == ':' && scan.at(from + 2) == '\\')) {
      return true;
    }
    if (first == '/' && to - from < LONGEST_NAME) {
      int path = scan.runEnd(from, Chars.URL_SAFE | Chars.SLASH | Chars.DOT, LONGEST_NAME);
      return path >= to && !isRandom(from, to);
    }
    return type >= FieldName.TOKEN && scan.contains(from, Math.min(to, from + 12), "://");
  }

  /** Whether a value looks random: letters and digits by turns, no hash, UUID or path. */
  private boolean isRandom(int from, int to) {
    if (to - from == 36 && TokenFormat.isUuid(scan, from)) {
      return false;
    }
    int turns = 0;
    int last = 0;
    boolean hex = true;
    int stop = Math.min(to, from + LONGEST_NAME);
    for (int i = from; i < stop; i++) {
      int c = scan.at(i);
      int type =
          scan.is(i, Chars.DIGIT)
              ? 1
              : scan.is(i, Chars.LOWER) ? 2 : scan.is(i, Chars.UPPER) ? 3 : 0;
      if (type == 0 && c != '-' && c != '_' && c != '+' && c != '/' && c != '=') {
        return false;
      }
      turns += type != 0 && last != 0 && type != last ? 1 : 0;
      hex &= scan.is(i, Chars.HEX);
      last = type;
    }
    int length = to - from;
    boolean hash =
        hex && (length == 8 || length == 16 || length == 32 || length == 40 || length >= 56);
    return !hash && turns >= (length < 16 ? 3 : 4);
  }

  /** Whether a value has a word by which fields are named, as in {@code javax.net.keyPassword}. */
  private boolean mentionsField(int from, int to) {
    for (int i = from; i < to; i++) {
      int end = scan.runEnd(i, Chars.LETTER, 64);
      if (end > i && mentionsIn(i, Math.min(end, to))) {
        return true;
      }
      i = Math.max(i, end);
    }
    return false;
  }

  private boolean mentionsIn(int from, int to) {
    for (int i = from; i + 3 <= to; i++) {
      for (int end = i + 3; end <= Math.min(to, i + 10); end++) {
        boolean hump = end == to || !scan.is(end, Chars.LOWER) || scan.at(end) == 's';
        if (hump && Words.contains(MENTIONS, scan, i, end)) {
          return true;
        }
      }
    }
    return false;
  }

  private int wordEnd(int from) {
    return scan.runEnd(from, Chars.LETTER | Chars.UNDERSCORE, LONGEST_NAME);
  }

  /** End of letters, dots, dashes and underscores: what names and English words consist of. */
  private int wordsEnd(int from) {
    return scan.runEnd(
        from, Chars.LETTER | Chars.UNDERSCORE | Chars.DOT | Chars.DASH | Chars.SLASH, LONGEST_NAME);
  }

  private boolean isDotted(int from, int to) {
    int name = scan.runEnd(from, Chars.LETTER | Chars.UNDERSCORE, LONGEST_NAME);
    return name > from && name < to && scan.at(name) == '.' && scan.is(name + 1, Chars.LETTER);
  }

  private boolean isSentence(int from, int to) {
    return has(from, to, ' ');
  }

  private boolean has(int from, int to, char wanted) {
    int stop = Math.min(to, from + LONGEST_NAME);
    for (int i = from; i < stop; i++) {
      if (scan.at(i) == wanted) {
        return true;
      }
    }
    return false;
  }

  private boolean hasFormat(int from, int to) {
    int stop = Math.min(to, from + LONGEST_NAME);
    for (int i = from; i < stop; i++) {
      int c = scan.at(i);
      if ((c == '%' && scan.is(i + 1, Chars.LOWER) && !scan.is(i + 2, Chars.ALNUM))
          || (c == '$' && scan.at(i + 1) == '{')
          || (c == '{' && scan.at(i + 1) == '{')
          || (c == '{' && scan.at(i + 1) == '}')) {
        return true;
      }
    }
    return false;
  }

  private boolean hasDigit(int from, int to) {
    int stop = Math.min(to, from + LONGEST_NAME);
    for (int i = from; i < stop; i++) {
      if (scan.is(i, Chars.DIGIT)) {
        return true;
      }
    }
    return to - from > LONGEST_NAME;
  }

  private boolean isAllUpper(int from, int to) {
    return scan.runEnd(from, Chars.UPPER | Chars.UNDERSCORE | Chars.DASH, LONGEST_NAME) >= to;
  }
}
