package dev.hookbus.policy;

import org.jspecify.annotations.Nullable;

/** Reads what stands for something else: variables, parameters, substitutions, arithmetic. */
final class ExpansionReader {

  private static final String SPECIAL_PARAMETERS = "@*#?$!-0123456789";
  private static final String NEVER_EMPTY = "#?$!";

  private final ShellText in;
  private final WordReader words;
  private final ShellParser parser;

  ExpansionReader(ShellText in, WordReader words, ShellParser parser) {
    this.in = in;
    this.words = words;
    this.parser = parser;
  }

  /**
   * Reads on behind a dollar sign or a back quote.
   *
   * @param quoted whether that stood in double quotes
   */
  void read(char sign, WordBuilder word, boolean quoted) {
    if (sign == '`') {
      word.substitution(parser.nested(backQuoted()));
    } else {
      dollar(word, quoted);
    }
  }

  /** Reads a substitution whose parenthesis opens here. */
  void substitution(WordBuilder word) {
    in.accept('(');
    word.substitution(parser.substitution(in));
  }

  private String backQuoted() {
    StringBuilder inner = new StringBuilder();
    while (!in.atEnd() && !in.accept('`')) {
      char c = in.next();
      inner.append(c == '\\' && in.atAnyOf("$`\\") ? in.next() : c);
    }
    return inner.toString();
  }

  private void dollar(WordBuilder word, boolean quoted) {
    if (in.atEnd()) {
      word.quoted('$');
      return;
    }
    char c = in.peek();
    if (c == '(') {
      parenthesis(word);
    } else if (in.accept('{')) {
      parameter(word, quoted);
    } else if (ShellChars.isNameStart(c)) {
      variable(in.takeTo(ShellChars.endOfName(in.text(), in.position())), word, quoted);
    } else if (SPECIAL_PARAMETERS.indexOf(c) >= 0) {
      in.next();
      word.unknown("$" + c, NEVER_EMPTY.indexOf(c) >= 0);
    } else if (!quoted && in.accept('\'')) {
      AnsiQuote.read(in, word);
    } else if (!quoted && in.accept('"')) {
      words.doubleQuoted(word);
    } else {
      word.quoted('$');
    }
  }

  private void parenthesis(WordBuilder word) {
    WordBuilder arithmetic = arithmetic();
    if (arithmetic == null) {
      substitution(word);
    } else {
      word.unknown("$(())", true);
      word.substitutionsOf(arithmetic);
    }
  }

  /** Reads {@code ((…))} if it is arithmetic; null if it is something else. */
  @Nullable WordBuilder arithmetic() {
    int end = in.atText("((") ? endOfArithmetic(in.position() + 2) : -1;
    if (end < 0) {
      return null;
    }
    in.acceptText("((");
    WordBuilder word = new WordBuilder();
    WordReader.expand(in.takeTo(end), word, parser);
    in.acceptText("))");
    return word;
  }

  /** Where the closing double parenthesis is, or -1 if the inner one is closed alone. */
  private int endOfArithmetic(int from) {
    String text = in.text();
    int open = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        open++;
      } else if (c == ')') {
        if (open == 0) {
          return text.startsWith("))", i) ? i : -1;
        }
        open--;
      }
    }
    return -1;
  }

  /** The value of a variable, or the variable itself where that is not known. */
  void variable(String name, WordBuilder word, boolean quoted) {
    String value = parser.context().variable(name);
    if (value == null) {
      word.unknown("$" + name, false);
    } else {
      word.value(value, quoted);
    }
  }

  /** Reads <code>{name…}</code> behind the brace. */
  private void parameter(WordBuilder word, boolean quoted) {
    String inner = in.takeTo(endOfParameter(quoted));
    in.accept('}');
    int nameEnd = ShellChars.endOfName(inner, 0);
    String name = inner.substring(0, nameEnd);
    String rest = inner.substring(nameEnd);
    int colon = rest.startsWith(":") ? 1 : 0;
    char operator = rest.length() > colon ? rest.charAt(colon) : ' ';
    String value = parser.context().variable(name);
    if (rest.isEmpty() && !name.isEmpty()) {
      variable(name, word, quoted);
    } else if (operator == '+' || ((operator == '-' || operator == '=') && value == null)) {
      WordReader.replace(rest.substring(colon + 1), word, quoted, parser);
    } else if ((operator == '-' || operator == '=' || operator == '?') && value != null) {
      word.value(value, quoted);
    } else {
      WordBuilder ignored = new WordBuilder();
      WordReader.expand(rest, ignored, parser);
      word.unknown("$" + name, operator == '?');
      word.substitutionsOf(ignored);
    }
  }

  private int endOfParameter(boolean quoted) {
    String text = in.text();
    int braces = 0;
    int parentheses = 0;
    for (int i = in.position(); i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '\'' -> i = quoted ? i : closing('\'', i);
        case '"' -> i = closing('"', i);
        case '`' -> i = closing('`', i);
        case '(' -> parentheses++;
        case ')' -> parentheses--;
        case '{' -> braces++;
        case '}' -> {
          if (braces == 0 && parentheses <= 0) {
            return i;
          }
          braces--;
        }
        default -> {}
      }
    }
    return text.length();
  }

  /** Where what is opened at a place is closed, or the place itself if it never is. */
  private int closing(char quote, int open) {
    String text = in.text();
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (c == quote) {
        return i;
      }
    }
    return open;
  }
}
