package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Input;
import dev.hookbus.policy.ShellScript.Redirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads words, operators, redirections and here-documents; knows nothing of commands. */
final class ShellReader {

  private record HereDocument(String delimiter, boolean stripTabs, boolean literal, Input input) {}

  private static final String SPECIAL_PARAMETERS = "@*#?$!-0123456789";
  private static final String NUMBERS = "#?$!";

  private final String text;
  private final ShellParser parser;
  private final List<HereDocument> pending = new ArrayList<>();
  private int position;

  ShellReader(String text, ShellParser parser) {
    this.text = text;
    this.parser = parser;
  }

  String text() {
    return text;
  }

  int position() {
    return position;
  }

  void moveTo(int target) {
    position = Math.min(target, text.length());
  }

  boolean atEnd() {
    return position >= text.length();
  }

  boolean at(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  boolean atText(String wanted) {
    return text.startsWith(wanted, position);
  }

  boolean accept(char c) {
    if (at(c)) {
      position++;
      return true;
    }
    return false;
  }

  void skip() {
    if (at('\n')) {
      newline();
    } else {
      moveTo(position + 1);
    }
  }

  /** Skips blanks, joined lines, and a comment up to its end of line. */
  void skipBlanks() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ' ' || c == '\t') {
        position++;
      } else if (atText("\\\n")) {
        position += 2;
      } else if (c == '#') {
        int end = text.indexOf('\n', position);
        moveTo(end < 0 ? text.length() : end);
      } else {
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
    while (true) {
      skipNewlines();
      if (atEnd() || (inBranch && (atText(";;") || atText(";&")))) {
        return;
      }
      char c = text.charAt(position);
      if (c != ';' && c != '&' && c != '|') {
        return;
      }
      if (c == '&' && position + 1 < text.length() && text.charAt(position + 1) == '>') {
        return;
      }
      position++;
    }
  }

  /** Accepts {@code |} or {@code |&}, but not {@code ||}. */
  boolean acceptPipe() {
    skipBlanks();
    if (!at('|') || atText("||")) {
      return false;
    }
    position++;
    accept('&');
    return true;
  }

  boolean atReserved(String word) {
    int end = position + word.length();
    return atText(word) && (end == text.length() || isMeta(text.charAt(end)));
  }

  boolean acceptReserved(String word) {
    if (!atReserved(word)) {
      return false;
    }
    position += word.length();
    return true;
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
    if (atEnd()) {
      return true;
    }
    char c = text.charAt(position);
    return "\n;&|()<>".indexOf(c) >= 0 && !atText("<(") && !atText(">(");
  }

  /** The plain text up to the next operator or blank. */
  String name() {
    skipBlanks();
    int start = position;
    while (!atEnd() && !isMeta(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  /** The name in {@code name ()}, or null where no function begins. */
  @Nullable String functionHead() {
    int end = position;
    while (end < text.length()
        && !isMeta(text.charAt(end))
        && "'\"\\$`".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    int next = afterBlanks(end);
    if (end == position || next >= text.length() || text.charAt(next) != '(') {
      return null;
    }
    next = afterBlanks(next + 1);
    if (next >= text.length() || text.charAt(next) != ')') {
      return null;
    }
    String name = text.substring(position, end);
    position = next + 1;
    return name;
  }

  private int afterBlanks(int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  /** Reads {@code ((…))} if it is arithmetic; null if it is something else. */
  @Nullable WordBuilder arithmetic() {
    if (!atText("((")) {
      return null;
    }
    int end = endOfArithmetic(position + 2);
    if (end < 0) {
      return null;
    }
    WordBuilder word = new WordBuilder();
    expand(text.substring(position + 2, end), word);
    position = end + 2;
    return word;
  }

  /** Where the closing double parenthesis is, or -1 if the inner one is closed alone. */
  private int endOfArithmetic(int from) {
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

  /** Reads {@code [[ … ]]} behind its opening. */
  void test(List<ShellWord> words) {
    while (true) {
      skipNewlines();
      if (atEnd()) {
        return;
      }
      if (atReserved("]]")) {
        position += 2;
        return;
      }
      if (atOperator()) {
        skip();
      } else {
        words.addAll(word().words());
      }
    }
  }

  /** Reads the values of an array behind {@code name=}, if there are any. */
  void array(List<ShellWord> values) {
    if (!accept('(')) {
      return;
    }
    while (true) {
      skipNewlines();
      if (atEnd() || accept(')')) {
        return;
      }
      if (atOperator()) {
        skip();
      } else {
        values.addAll(word().words());
      }
    }
  }

  /**
   * Reads a redirection, if one begins here.
   *
   * @param input takes what is fed by a here-document or here-string
   */
  boolean redirection(List<Redirection> redirections, Input input) {
    int start = position;
    boolean both = atText("&>");
    if (both) {
      position++;
    } else {
      skipDescriptor();
    }
    if (!(at('<') || at('>')) || (position == start && (atText("<(") || atText(">(")))) {
      position = start;
      return false;
    }
    if (atText("<<<")) {
      position += 3;
      skipBlanks();
      input.set(word().whole());
    } else if (atText("<<")) {
      position += 2;
      hereDocument(input);
    } else {
      fileRedirection(redirections, both);
    }
    return true;
  }

  /** Skips {@code 2} or <code>{fd}</code> if a redirection follows directly. */
  private void skipDescriptor() {
    int i = position;
    while (i < text.length() && Character.isDigit(text.charAt(i))) {
      i++;
    }
    if (i == position && at('{')) {
      int close = i + 1;
      while (close < text.length() && isNamePart(text.charAt(close))) {
        close++;
      }
      i = close < text.length() && text.charAt(close) == '}' ? close + 1 : i;
    }
    if (i < text.length() && (text.charAt(i) == '<' || text.charAt(i) == '>')) {
      position = i;
    }
  }

  private void hereDocument(Input input) {
    boolean stripTabs = accept('-');
    skipBlanks();
    if (atOperator()) {
      return;
    }
    WordBuilder delimiter = word();
    pending.add(new HereDocument(delimiter.text(), stripTabs, !delimiter.plain(), input));
  }

  private void fileRedirection(List<Redirection> redirections, boolean both) {
    boolean writes = at('>') || atText("<>");
    position++;
    boolean duplicates = false;
    if (at('>') || at('|')) {
      position++;
    } else if (at('&') && !both) {
      position++;
      duplicates = true;
    }
    skipBlanks();
    if (atOperator()) {
      return;
    }
    for (ShellWord target : word().words()) {
      if (!duplicates || !isDescriptor(target.text())) {
        redirections.add(new Redirection(writes, target, parser.context().directory()));
      }
    }
  }

  private static boolean isDescriptor(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i)) && text.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  /** Ends a line; here-documents that wait begin on the next. */
  private void newline() {
    position++;
    for (HereDocument document : pending) {
      StringBuilder body = new StringBuilder();
      while (!atEnd()) {
        int end = text.indexOf('\n', position);
        String line = text.substring(position, end < 0 ? text.length() : end);
        moveTo(end < 0 ? text.length() : end + 1);
        String stripped = document.stripTabs ? withoutTabs(line) : line;
        if (stripped.equals(document.delimiter)) {
          break;
        }
        body.append(stripped).append('\n');
      }
      if (document.literal) {
        document.input.set(ShellWord.literal(body.toString()));
      } else {
        WordBuilder word = new WordBuilder();
        expand(body.toString(), word);
        document.input.set(word.whole());
      }
    }
    pending.clear();
  }

  private static String withoutTabs(String line) {
    int i = 0;
    while (i < line.length() && line.charAt(i) == '\t') {
      i++;
    }
    return line.substring(i);
  }

  /** Reads one word, which may turn out to be none or several. */
  WordBuilder word() {
    WordBuilder word = new WordBuilder();
    while (!atEnd()) {
      char c = text.charAt(position);
      if (isMeta(c) && !((atText("<(") || atText(">(")) && !word.started())) {
        break;
      }
      position++;
      switch (c) {
        case '\\' -> escaped(word);
        case '\'' -> singleQuoted(word);
        case '"' -> doubleQuoted(word);
        case '`', '$' -> expansion(c, word, false);
        case '~' -> tilde(word);
        case '<', '>' -> {
          position++;
          word.substitution(parser.substitution(this));
        }
        default -> word.plain(c);
      }
    }
    return word;
  }

  private void escaped(WordBuilder word) {
    if (atEnd()) {
      word.quoted('\\');
    } else if (!accept('\n')) {
      word.quoted(text.charAt(position++));
    }
  }

  private void singleQuoted(WordBuilder word) {
    word.start();
    int end = text.indexOf('\'', position);
    int stop = end < 0 ? text.length() : end;
    for (int i = position; i < stop; i++) {
      word.quoted(text.charAt(i));
    }
    moveTo(stop + 1);
  }

  private void doubleQuoted(WordBuilder word) {
    word.start();
    while (!atEnd()) {
      char c = text.charAt(position++);
      if (c == '"') {
        return;
      }
      inDoubleQuotes(c, word);
    }
  }

  private void inDoubleQuotes(char c, WordBuilder word) {
    if (c == '\\' && !atEnd() && "$`\"\\\n".indexOf(text.charAt(position)) >= 0) {
      char next = text.charAt(position++);
      if (next != '\n') {
        word.quoted(next);
      }
    } else if (c == '`' || c == '$') {
      expansion(c, word, true);
    } else {
      word.quoted(c);
    }
  }

  /** Fills in a text as if it stood in double quotes. */
  private void expand(String part, WordBuilder word) {
    word.start();
    if (!parser.enter()) {
      word.unknown("$()", false);
      return;
    }
    ShellReader inner = new ShellReader(part, parser);
    while (!inner.atEnd()) {
      inner.inDoubleQuotes(part.charAt(inner.position++), word);
    }
    parser.leave();
  }

  private String backQuoted() {
    StringBuilder inner = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(position++);
      if (c == '`') {
        break;
      }
      if (c == '\\' && !atEnd() && "$`\\".indexOf(text.charAt(position)) >= 0) {
        c = text.charAt(position++);
      }
      inner.append(c);
    }
    return inner.toString();
  }

  private void tilde(WordBuilder word) {
    boolean first = !word.started();
    boolean assigned = word.plain() && isAssignmentHead(word.text());
    if (!first && !assigned) {
      word.plain('~');
      return;
    }
    int start = position;
    while (!atEnd()
        && !isMeta(text.charAt(position))
        && "/'\"\\$`*?[:".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String user = text.substring(start, position);
    if (user.isEmpty()) {
      word.value(parser.context().home(), true);
    } else if (user.equals("+")) {
      variable("PWD", word, true);
    } else if (!isUser(user)) {
      position = start;
      word.plain('~');
    } else {
      // Where the home of another user is, only the system knows.
      word.value(user.equals("root") ? "/root" : "/home/" + user, true);
    }
  }

  private void expansion(char sign, WordBuilder word, boolean quoted) {
    if (sign == '`') {
      word.substitution(parser.nested(backQuoted()));
    } else {
      dollar(word, quoted);
    }
  }

  private static boolean isAssignmentHead(String text) {
    return text.length() > 1 && text.endsWith("=") && isName(text, text.length() - 1);
  }

  private static boolean isUser(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isNamePart(c) && c != '-' && c != '.') {
        return false;
      }
    }
    return isNameStart(name.charAt(0));
  }

  /** What a dollar sign stands for, behind it. */
  private void dollar(WordBuilder word, boolean quoted) {
    if (atEnd()) {
      word.quoted('$');
      return;
    }
    char c = text.charAt(position);
    if (c == '(') {
      WordBuilder arithmetic = arithmetic();
      if (arithmetic == null) {
        position++;
        word.substitution(parser.substitution(this));
      } else {
        word.unknown("$(())", true);
        word.substitutionsOf(arithmetic);
      }
    } else if (c == '{') {
      position++;
      parameter(word, quoted);
    } else if (isNameStart(c)) {
      int start = position;
      while (!atEnd() && isNamePart(text.charAt(position))) {
        position++;
      }
      variable(text.substring(start, position), word, quoted);
    } else if (SPECIAL_PARAMETERS.indexOf(c) >= 0) {
      position++;
      word.unknown("$" + c, NUMBERS.indexOf(c) >= 0);
    } else if (c == '\'' && !quoted) {
      position++;
      ansiQuoted(word);
    } else if (c == '"' && !quoted) {
      position++;
      doubleQuoted(word);
    } else {
      word.quoted('$');
    }
  }

  private void variable(String name, WordBuilder word, boolean quoted) {
    String value = parser.context().variable(name);
    if (value == null) {
      word.unknown("$" + name, false);
    } else {
      word.value(value, quoted);
    }
  }

  /** Reads <code>{name…}</code> behind the brace. */
  private void parameter(WordBuilder word, boolean quoted) {
    int end = endOfParameter(position, quoted);
    String inner = text.substring(position, end);
    moveTo(end + 1);
    int nameEnd = 0;
    while (nameEnd < inner.length() && isNamePart(inner.charAt(nameEnd))) {
      nameEnd++;
    }
    String name = inner.substring(0, nameEnd);
    String rest = inner.substring(nameEnd);
    int colon = rest.startsWith(":") ? 1 : 0;
    char operator = rest.length() > colon ? rest.charAt(colon) : ' ';
    String value = parser.context().variable(name);
    if (rest.isEmpty() && !name.isEmpty()) {
      variable(name, word, quoted);
    } else if (operator == '+' || ((operator == '-' || operator == '=') && value == null)) {
      expandParameterWord(rest.substring(colon + 1), word, quoted);
    } else if ((operator == '-' || operator == '=' || operator == '?') && value != null) {
      word.value(value, quoted);
    } else {
      WordBuilder ignored = new WordBuilder();
      expand(rest, ignored);
      word.unknown("$" + name, operator == '?');
      word.substitutionsOf(ignored);
    }
  }

  /**
   * The default of a parameter is read like a word, and split where the parameter is not quoted.
   */
  private void expandParameterWord(String part, WordBuilder word, boolean quoted) {
    if (!parser.enter()) {
      word.unknown("$()", false);
      return;
    }
    ShellReader inner = new ShellReader(part, parser);
    while (!inner.atEnd()) {
      char c = part.charAt(inner.position++);
      if (c == '"') {
        inner.doubleQuoted(word);
      } else if (quoted) {
        inner.inDoubleQuotes(c, word);
      } else if (c == '\'') {
        inner.singleQuoted(word);
      } else if (c == '\\') {
        inner.escaped(word);
      } else if (c == '$' || c == '`') {
        inner.expansion(c, word, false);
      } else {
        word.value(String.valueOf(c), false);
      }
    }
    parser.leave();
  }

  private int endOfParameter(int from, boolean quoted) {
    int braces = 0;
    int parentheses = 0;
    for (int i = from; i < text.length(); i++) {
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

  private void ansiQuoted(WordBuilder word) {
    word.start();
    while (!atEnd()) {
      char c = text.charAt(position++);
      if (c == '\'') {
        return;
      }
      if (c == '\\' && !atEnd()) {
        ansiEscape(word);
      } else {
        word.quoted(c);
      }
    }
  }

  private void ansiEscape(WordBuilder word) {
    char c = text.charAt(position++);
    switch (c) {
      case 'n' -> word.quoted('\n');
      case 't' -> word.quoted('\t');
      case 'r' -> word.quoted('\r');
      case 'x' -> coded(word, 16, 2);
      case 'u' -> coded(word, 16, 4);
      case 'U' -> coded(word, 16, 8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        position--;
        coded(word, 8, 3);
      }
      default -> word.quoted(c);
    }
  }

  private void coded(WordBuilder word, int radix, int maxDigits) {
    int code = 0;
    for (int i = 0; i < maxDigits && !atEnd(); i++) {
      int digit = Character.digit(text.charAt(position), radix);
      if (digit < 0) {
        break;
      }
      code = code * radix + digit;
      position++;
    }
    if (Character.isValidCodePoint(code)) {
      String character = Character.toString(code);
      for (int i = 0; i < character.length(); i++) {
        word.quoted(character.charAt(i));
      }
    }
  }

  static boolean isName(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (!isNamePart(text.charAt(i))) {
        return false;
      }
    }
    return isNameStart(text.charAt(0));
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }

  private static boolean isMeta(char c) {
    return " \t\n;&|()<>".indexOf(c) >= 0;
  }
}
