package dev.hookbus.policy;

import org.jspecify.annotations.Nullable;

/** Reads words: their quotes and escapes, and {@code ~}. */
final class WordReader {

  private final ShellText in;
  private final ShellParser parser;
  private final ExpansionReader expansions;

  WordReader(ShellText in, ShellParser parser) {
    this.in = in;
    this.parser = parser;
    this.expansions = new ExpansionReader(in, this, parser);
  }

  /** Fills in a text as if it stood in double quotes. */
  static void expand(String part, WordBuilder word, ShellParser parser) {
    word.start();
    if (!parser.enter()) {
      word.unknown("$()", false);
      return;
    }
    WordReader reader = new WordReader(new ShellText(part), parser);
    while (!reader.in.atEnd()) {
      reader.inDoubleQuotes(reader.in.next(), word);
    }
    parser.leave();
  }

  /** Fills in what stands in for a parameter: read like a word, and split unless quoted. */
  static void replace(String part, WordBuilder word, boolean quoted, ShellParser parser) {
    if (!parser.enter()) {
      word.unknown("$()", false);
      return;
    }
    WordReader reader = new WordReader(new ShellText(part), parser);
    while (!reader.in.atEnd()) {
      char c = reader.in.next();
      if (quoted && c != '"') {
        reader.inDoubleQuotes(c, word);
      } else if (!reader.special(c, word)) {
        word.value(String.valueOf(c), false);
      }
    }
    parser.leave();
  }

  /** Reads one word, which may turn out to be none or several. */
  WordBuilder word() {
    WordBuilder word = new WordBuilder();
    while (!in.atEnd() && !endsHere(word)) {
      char c = in.next();
      if (c == '<' || c == '>') {
        expansions.substitution(word);
      } else if (c == '~') {
        tilde(word);
      } else if (!special(c, word)) {
        word.plain(c);
      }
    }
    return word;
  }

  /** Reads on behind a quote, an escape or the begin of an expansion; any other is left. */
  private boolean special(char c, WordBuilder word) {
    switch (c) {
      case '\\' -> escaped(word);
      case '\'' -> singleQuoted(word);
      case '"' -> doubleQuoted(word);
      case '`', '$' -> expansions.read(c, word, false);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean endsHere(WordBuilder word) {
    return ShellChars.isMeta(in.peek()) && (word.started() || !in.atProcessSubstitution());
  }

  /** Reads {@code ((…))} if it is arithmetic; null if it is something else. */
  @Nullable WordBuilder arithmetic() {
    return expansions.arithmetic();
  }

  private void escaped(WordBuilder word) {
    if (in.atEnd()) {
      word.quoted('\\');
    } else if (!in.accept('\n')) {
      word.quoted(in.next());
    }
  }

  private void singleQuoted(WordBuilder word) {
    word.start();
    word.quoted(in.takeTo(in.find('\'')));
    in.accept('\'');
  }

  /** Reads on behind an opened double quote. */
  void doubleQuoted(WordBuilder word) {
    word.start();
    while (!in.atEnd() && !in.accept('"')) {
      inDoubleQuotes(in.next(), word);
    }
  }

  private void inDoubleQuotes(char c, WordBuilder word) {
    if (c == '\\' && in.atAnyOf("$`\"\\\n")) {
      if (!in.accept('\n')) {
        word.quoted(in.next());
      }
    } else if (c == '`' || c == '$') {
      expansions.read(c, word, true);
    } else {
      word.quoted(c);
    }
  }

  /** A home, where the sign begins a word or the value of an assignment. */
  private void tilde(WordBuilder word) {
    if (word.started() && !(word.plain() && isAssignmentHead(word.text()))) {
      word.plain('~');
      return;
    }
    int start = in.position();
    int end = start;
    while (end < in.text().length() && !endsUser(in.text().charAt(end))) {
      end++;
    }
    String user = in.takeTo(end);
    if (user.isEmpty()) {
      word.value(parser.context().home(), true);
    } else if (user.equals("+")) {
      expansions.variable("PWD", word, true);
    } else if (!isUser(user)) {
      in.moveTo(start);
      word.plain('~');
    } else {
      // Where the home of another user is, only the system knows.
      word.value(user.equals("root") ? "/root" : "/home/" + user, true);
    }
  }

  private static boolean endsUser(char c) {
    return ShellChars.isMeta(c) || "/'\"\\$`*?[:".indexOf(c) >= 0;
  }

  private static boolean isAssignmentHead(String text) {
    return text.length() > 1 && text.endsWith("=") && ShellChars.isName(text, text.length() - 1);
  }

  private static boolean isUser(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!ShellChars.isNamePart(c) && c != '-' && c != '.') {
        return false;
      }
    }
    return ShellChars.isNameStart(name.charAt(0));
  }
}
