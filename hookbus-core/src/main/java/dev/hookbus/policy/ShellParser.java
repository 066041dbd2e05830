package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Input;
import dev.hookbus.policy.ShellScript.Pipeline;
import dev.hookbus.policy.ShellScript.Redirection;
import dev.hookbus.policy.ShellScript.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line as a POSIX shell would, with what bash adds and people use. It never fails:
 * what a shell would refuse is read as far as it makes sense, because a shell runs what comes
 * before.
 */
final class ShellParser {

  private static final Set<String> SKIPPED = Set.of("then", "else", "elif", "do", "!", "coproc");

  private final ShellScript script;
  private final ShellReader in;
  private final RedirectionReader redirections;
  private ShellContext context;
  private int depth;

  private ShellParser(String text, ShellContext context, ShellScript script, int depth) {
    this.script = script;
    this.context = context;
    this.depth = depth;
    this.in = new ShellReader(text, this);
    this.redirections = new RedirectionReader(in, this);
  }

  /** Reads a whole text. The context is left as the text's own shell would leave it. */
  static ShellScript parse(String text, ShellContext context) {
    return parse(text, context, 0);
  }

  private static ShellScript parse(String text, ShellContext context, int depth) {
    ShellParser parser = new ShellParser(text, context, new ShellScript(), depth);
    if (depth >= ShellContext.MAX_DEPTH) {
      parser.script.markTooDeep();
      return parser.script;
    }
    while (!parser.in.atEnd()) {
      parser.list(null);
      // A closer without an opener: a shell would stop here, but what follows is read all the same.
      parser.in.skip();
    }
    return parser.script;
  }

  /** Reads a text inside this one, in a shell of its own. */
  ShellScript nested(String text) {
    ShellScript inner = parse(text, context.copy(), depth + 1);
    if (inner.tooDeep()) {
      script.markTooDeep();
    }
    return inner;
  }

  /** Reads {@code …)} behind an opened {@code $(} or {@code <(}, and moves the reader behind it. */
  ShellScript substitution(ShellText outer) {
    ShellParser inner = new ShellParser(outer.text(), context.copy(), new ShellScript(), depth + 1);
    if (inner.depth >= ShellContext.MAX_DEPTH) {
      outer.moveTo(outer.text().length());
      script.markTooDeep();
      return inner.script;
    }
    inner.in.moveTo(outer.position());
    inner.list(")");
    outer.moveTo(inner.in.position());
    outer.accept(')');
    if (inner.script.tooDeep()) {
      script.markTooDeep();
    }
    return inner.script;
  }

  ShellContext context() {
    return context;
  }

  /**
   * Reads commands up to a closer, which is left for the caller.
   *
   * @param closer {@code )}, a reserved word, {@code ;;} for a branch of {@code case}, or null for
   *     the end of the text
   */
  private List<Simple> list(@Nullable String closer) {
    List<Simple> all = new ArrayList<>();
    while (true) {
      in.skipSeparators(";;".equals(closer));
      if (in.atEnd() || in.at(')') || closes(closer)) {
        return all;
      }
      int before = in.position();
      all.addAll(pipeline());
      if (in.position() == before) {
        in.skip();
      }
    }
  }

  private boolean closes(@Nullable String closer) {
    if (";;".equals(closer)) {
      return in.atEndOfBranch() || in.atReserved("esac");
    }
    return closer != null && !closer.equals(")") && in.atReserved(closer);
  }

  private List<Simple> pipeline() {
    List<List<Simple>> elements = new ArrayList<>();
    List<Simple> all = new ArrayList<>();
    do {
      in.skipNewlines();
      ShellContext outer = context;
      boolean piped = !elements.isEmpty();
      if (piped) {
        context = context.copy();
      }
      List<Simple> element = command();
      context = outer;
      elements.add(element);
      all.addAll(element);
    } while (in.acceptPipe());
    script.add(new Pipeline(elements));
    return all;
  }

  private List<Simple> command() {
    if (!enter()) {
      in.moveTo(in.text().length());
      return List.of();
    }
    in.skipBlanks();
    while (in.acceptReserved(SKIPPED)) {
      in.skipNewlines();
    }
    List<Simple> commands = compoundOrSimple();
    leave();
    return commands;
  }

  /** Goes one level deeper, if that is allowed. */
  boolean enter() {
    if (depth + 1 >= ShellContext.MAX_DEPTH) {
      script.markTooDeep();
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  private List<Simple> compoundOrSimple() {
    if (in.at('(')) {
      WordBuilder arithmetic = in.arithmetic();
      return arithmetic == null ? subshell() : redirected(List.of(shown(arithmetic)));
    }
    if (in.acceptReserved("{")) {
      return closed("}");
    }
    if (in.acceptReserved("if")) {
      return closed("fi");
    }
    if (in.acceptReserved("while") || in.acceptReserved("until")) {
      return closed("done");
    }
    if (in.acceptReserved("for") || in.acceptReserved("select")) {
      return loop();
    }
    if (in.acceptReserved("case")) {
      return branches();
    }
    if (in.acceptReserved("function")) {
      String name = in.name();
      in.skipBlanks();
      if (in.accept('(')) {
        in.accept(')');
      }
      return function(name);
    }
    String function = in.functionHead();
    return function == null ? simple() : function(function);
  }

  private List<Simple> subshell() {
    in.accept('(');
    ShellContext outer = context;
    context = context.copy();
    List<Simple> commands = list(")");
    context = outer;
    in.accept(')');
    return redirected(commands);
  }

  private List<Simple> closed(String closer) {
    List<Simple> commands = list(closer);
    in.acceptReserved(closer);
    return redirected(commands);
  }

  private List<Simple> loop() {
    in.skipBlanks();
    if (in.arithmetic() == null) {
      String name = in.name();
      in.skipNewlines();
      if (in.acceptReserved("in")) {
        List<ShellWord> values = new ArrayList<>();
        in.skipBlanks();
        while (!in.atOperator()) {
          values.addAll(in.word().words());
          in.skipBlanks();
        }
        ShellWord only = values.size() == 1 ? values.get(0) : null;
        context.assign(name, only == null || only.dynamic() ? null : only.text());
      } else {
        context.assign(name, null);
      }
    }
    return closed("done");
  }

  private List<Simple> branches() {
    in.skipBlanks();
    in.word();
    in.skipNewlines();
    in.acceptReserved("in");
    List<Simple> commands = new ArrayList<>();
    while (true) {
      in.skipSeparators(false);
      if (in.atEnd() || in.acceptReserved("esac")) {
        return redirected(commands);
      }
      in.accept('(');
      skipPattern();
      int before = in.position();
      commands.addAll(list(";;"));
      if (in.position() == before && !in.atText(";") && !in.atReserved("esac")) {
        in.skip();
      }
    }
  }

  private void skipPattern() {
    while (!in.atEnd() && !in.accept(')')) {
      in.skipBlanks();
      if (in.atOperator()) {
        if (!in.at(')')) {
          in.skip();
        }
      } else {
        in.word();
      }
    }
  }

  private List<Simple> function(String name) {
    in.skipNewlines();
    List<Simple> body = command();
    int calls = 0;
    for (Simple simple : body) {
      calls += !simple.words().isEmpty() && simple.words().get(0).text().equals(name) ? 1 : 0;
    }
    if (calls > 1) {
      script.markForkBomb();
    }
    return body;
  }

  /** A part without a program, so that its substitutions are seen. */
  private Simple shown(WordBuilder part) {
    return new Simple(
        List.of(part.whole()), List.of(), List.of(), new Input(), context.directory());
  }

  /** Redirections behind a compound are those of a command without words. */
  private List<Simple> redirected(List<Simple> commands) {
    List<Redirection> targets = new ArrayList<>();
    Input input = new Input();
    in.skipBlanks();
    int before = in.position();
    while (redirections.read(targets, input)) {
      in.skipBlanks();
    }
    if (in.position() == before) {
      return commands;
    }
    List<Simple> all = new ArrayList<>(commands);
    all.add(new Simple(List.of(), List.of(), targets, input, context.directory()));
    return all;
  }

  private List<Simple> simple() {
    List<ShellWord> assignments = new ArrayList<>();
    List<ShellWord> words = new ArrayList<>();
    List<Redirection> targets = new ArrayList<>();
    Input input = new Input();
    while (true) {
      in.skipBlanks();
      if (redirections.read(targets, input)) {
        continue;
      }
      if (in.atOperator()) {
        break;
      }
      if (words.size() == 1 && words.get(0).text().equals("[[")) {
        in.test(words);
      }
      WordBuilder word = in.word();
      if (words.isEmpty() && isAssignment(word)) {
        assignments.add(word.whole());
        in.array(assignments);
      } else {
        words.addAll(word.words());
      }
    }
    context.settle(assignments, words);
    return List.of(new Simple(assignments, words, targets, input, context.directory()));
  }

  /** Whether a word is {@code name=…} or {@code name+=…}. */
  private static boolean isAssignment(WordBuilder word) {
    String text = word.text();
    int equals = text.indexOf('=');
    if (equals < 1) {
      return false;
    }
    int end = text.charAt(equals - 1) == '+' ? equals - 1 : equals;
    return end > 0 && ShellChars.isName(text, end);
  }
}
