package dev.hookbus.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what commands are made of: blanks, operators, reserved words, names, lists of words. */
final class ShellReader extends ShellText {

  private static final String OPERATORS = "\n;&|()<>";

  private final ShellParser parser;
  private final WordReader words;
  private final HereDocuments hereDocuments = new HereDocuments();

  ShellReader(String text, ShellParser parser) {
    super(text);
    this.parser = parser;
    this.words = new WordReader(this, parser);
  }

  HereDocuments hereDocuments() {
    return hereDocuments;
  }

  /** Reads one word, which may turn out to be none or several. */
  WordBuilder word() {
    return words.word();
  }

  /** Reads {@code ((…))} if it is arithmetic; null if it is something else. */
  @Nullable WordBuilder arithmetic() {
    return words.arithmetic();
  }

  /** Skips one character, whatever it is. */
  void skip() {
    if (at('\n')) {
      newline();
    } else {
      moveTo(position() + 1);
    }
  }

  private void newline() {
    accept('\n');
    hereDocuments.read(this, parser);
  }

  /** Skips blanks, joined lines, and a comment up to its end of line. */
  void skipBlanks() {
    while (true) {
      if (at('#')) {
        moveTo(find('\n'));
      } else if (!accept(' ') && !accept('\t') && !acceptText("\\\n")) {
        return;
      }
    }
  }

  void skipNewlines() {
    skipBlanks();
    while (at('\n')) {
      newline();
      skipBlanks();
    }
  }

  /** Skips what stands between pipelines; {@code ;;} too, unless it ends a branch. */
  void skipSeparators(boolean inBranch) {
    skipNewlines();
    while (atAnyOf(";&|") && !atText("&>") && !(inBranch && atEndOfBranch())) {
      next();
      skipNewlines();
    }
  }

  /** Whether {@code ;;} or its like stands here. */
  boolean atEndOfBranch() {
    return atText(";;") || atText(";&");
  }

  /** Accepts {@code |} or {@code |&}, but not {@code ||}. */
  boolean acceptPipe() {
    skipBlanks();
    if (atText("||") || !accept('|')) {
      return false;
    }
    accept('&');
    return true;
  }

  boolean atReserved(String word) {
    int end = position() + word.length();
    return atText(word) && (end == text().length() || ShellChars.isMeta(text().charAt(end)));
  }

  boolean acceptReserved(String word) {
    return atReserved(word) && acceptText(word);
  }

  boolean acceptReserved(Set<String> words) {
    for (String word : words) {
      if (acceptReserved(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether no word begins here. */
  boolean atOperator() {
    return atEnd() || (atAnyOf(OPERATORS) && !atProcessSubstitution());
  }

  /** The plain text up to the next operator or blank. */
  String name() {
    skipBlanks();
    int end = position();
    while (end < text().length() && !ShellChars.isMeta(text().charAt(end))) {
      end++;
    }
    return takeTo(end);
  }

  /** The name in {@code name ()}, or null where no function begins. */
  @Nullable String functionHead() {
    int start = position();
    String name = name();
    if (position() == start + name.length() && isFunctionName(name) && acceptEmptyParentheses()) {
      return name;
    }
    moveTo(start);
    return null;
  }

  private static boolean isFunctionName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("'\"\\$`".indexOf(name.charAt(i)) >= 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private boolean acceptEmptyParentheses() {
    return acceptBehindBlanks('(') && acceptBehindBlanks(')');
  }

  private boolean acceptBehindBlanks(char c) {
    while (accept(' ') || accept('\t')) {
      // Neither comments nor joined lines are looked for here.
    }
    return accept(c);
  }

  /** Reads {@code [[ … ]]} behind its opening. */
  void test(List<ShellWord> into) {
    while (true) {
      skipNewlines();
      if (atEnd() || acceptReserved("]]")) {
        return;
      }
      wordOrSkip(into);
    }
  }

  /** Reads the values of an array behind {@code name=}, if there are any. */
  void array(List<ShellWord> into) {
    if (!accept('(')) {
      return;
    }
    while (true) {
      skipNewlines();
      if (atEnd() || accept(')')) {
        return;
      }
      wordOrSkip(into);
    }
  }

  private void wordOrSkip(List<ShellWord> into) {
    if (atOperator()) {
      skip();
    } else {
      into.addAll(word().words());
    }
  }
}
