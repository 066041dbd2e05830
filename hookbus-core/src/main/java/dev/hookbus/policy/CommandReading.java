package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Pipeline;
import dev.hookbus.policy.ShellScript.Redirection;
import dev.hookbus.policy.ShellScript.Simple;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Which programs a command line starts, behind wrappers and inside texts that are scripts. */
final class CommandReading {

  static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "mksh", "fish", "rbash");

  private static final int MAX_SCRIPTS_IN_SCRIPTS = 12;
  private static final int MAX_WRAPPERS = 32;

  private final Place place;
  private final List<Program> programs = new ArrayList<>();
  private final List<List<List<Program>>> pipelines = new ArrayList<>();
  private boolean forkBomb;
  private boolean tooDeep;
  private int depth;
  private int wrappers;

  /** Braces can make many words of one substitution, which is read once all the same. */
  private final IdentityHashMap<ShellScript, List<Program>> read = new IdentityHashMap<>();

  private CommandReading(Place place) {
    this.place = place;
  }

  static CommandReading of(String line, Place place) {
    CommandReading reading = new CommandReading(place);
    reading.text(line, place.directory().toString(), false, false);
    return reading;
  }

  /** Every program, in the order of the text. */
  List<Program> programs() {
    return programs;
  }

  /** Every pipeline as the programs of its elements. */
  List<List<List<Program>>> pipelines() {
    return pipelines;
  }

  boolean forkBomb() {
    return forkBomb;
  }

  boolean tooDeep() {
    return tooDeep;
  }

  private List<Program> text(
      String text, @Nullable String directory, boolean superuser, boolean remote) {
    if (depth >= MAX_SCRIPTS_IN_SCRIPTS) {
      tooDeep = true;
      return List.of();
    }
    ShellContext context = ShellContext.of(place);
    context.changeDirectory(directory);
    return script(ShellParser.parse(text, context), superuser, remote);
  }

  private List<Program> script(ShellScript script, boolean superuser, boolean remote) {
    depth++;
    forkBomb |= script.forkBomb();
    tooDeep |= script.tooDeep();
    List<Program> all = new ArrayList<>();
    for (Pipeline pipeline : script.pipelines()) {
      List<List<Program>> elements = new ArrayList<>();
      String fed = null;
      for (List<Simple> element : pipeline.elements()) {
        List<Program> started = new ArrayList<>();
        for (Simple simple : element) {
          String input = simple.input().word() == null ? fed : simple.input().word().text();
          started.addAll(simple(simple, input, superuser, remote));
        }
        elements.add(started);
        all.addAll(started);
        fed = element.size() == 1 ? output(element.get(0)) : null;
      }
      pipelines.add(elements);
    }
    depth--;
    return all;
  }

  /** What a command prints, where its text says so. */
  private static @Nullable String output(Simple simple) {
    List<ShellWord> words = simple.words();
    if (words.isEmpty()) {
      return null;
    }
    switch (words.get(0).text()) {
      case "echo", "printf" -> {
        StringBuilder printed = new StringBuilder();
        for (ShellWord word : words.subList(1, words.size())) {
          if (word.dynamic()) {
            return null;
          }
          if (!word.text().equals("-e") && !word.text().equals("-n")) {
            printed.append(printed.isEmpty() ? "" : " ").append(word.text());
          }
        }
        return printed.toString().replace("\\n", "\n");
      }
      case "cat" -> {
        ShellWord input = simple.input().word();
        return input == null || words.size() > 1 ? null : input.text();
      }
      default -> {
        return null;
      }
    }
  }

  private List<Program> simple(
      Simple simple, @Nullable String input, boolean superuser, boolean remote) {
    List<Program> inner = new ArrayList<>();
    List<Program> sources = new ArrayList<>();
    for (ShellWord word : simple.assignments()) {
      inner.addAll(substitutions(word, superuser, remote));
    }
    for (ShellWord word : simple.words()) {
      sources.addAll(substitutions(word, superuser, remote));
    }
    for (Redirection redirection : simple.redirections()) {
      sources.addAll(substitutions(redirection.target(), superuser, remote));
    }
    if (simple.input().word() != null) {
      sources.addAll(substitutions(simple.input().word(), superuser, remote));
    }
    inner.addAll(sources);
    inner.addAll(
        program(
            new Program(
                "",
                false,
                simple.words(),
                simple.redirections(),
                simple.directory(),
                superuser,
                remote,
                sources),
            input));
    return inner;
  }

  private List<Program> substitutions(ShellWord word, boolean superuser, boolean remote) {
    List<Program> all = new ArrayList<>();
    for (ShellScript script : word.substitutions()) {
      List<Program> known = read.get(script);
      if (known == null) {
        known = script(script, superuser, remote);
        read.put(script, known);
      }
      all.addAll(known);
    }
    return all;
  }

  /**
   * The program that words name, and those it starts in turn.
   *
   * @param unnamed the words are its arguments
   * @param input what it is fed, as far as that is known
   */
  private List<Program> program(Program unnamed, @Nullable String input) {
    List<ShellWord> words = unnamed.arguments();
    String name = words.isEmpty() ? "" : baseName(words.get(0).text());
    Program program =
        new Program(
            name,
            !words.isEmpty() && words.get(0).dynamic(),
            words.isEmpty() ? words : words.subList(1, words.size()),
            unnamed.redirections(),
            unnamed.directory(),
            unnamed.superuser(),
            unnamed.remote(),
            unnamed.sources());
    programs.add(program);
    List<Program> all = new ArrayList<>();
    all.add(program);
    if (wrappers >= MAX_WRAPPERS) {
      tooDeep = true;
      return all;
    }
    wrappers++;
    Wrapper wrapper = Wrapper.of(name);
    if (wrapper != null) {
      all.addAll(wrapped(program, wrapper, words, input));
    } else if (SHELLS.contains(name)) {
      all.addAll(shell(program, input));
    } else {
      all.addAll(starter(program));
    }
    wrappers--;
    return all;
  }

  private List<Program> wrapped(
      Program outer, Wrapper wrapper, List<ShellWord> words, @Nullable String input) {
    boolean superuser = outer.superuser() || wrapper.superuser();
    int at = wrapper.programAt(words);
    List<ShellWord> inner = new ArrayList<>(words.subList(at, words.size()));
    if (outer.name().equals("env") || outer.name().equals("flock")) {
      List<Program> fromText = optionText(outer, outer.name().equals("env") ? 'S' : 'c', superuser);
      if (!fromText.isEmpty()) {
        return fromText;
      }
    }
    if (inner.isEmpty()) {
      boolean shell = outer.superuser() && (outer.has('s') || outer.has('i'));
      return shell && input != null
          ? text(input, outer.directory(), superuser, outer.remote())
          : List.of();
    }
    if (outer.name().equals("xargs") && input != null) {
      StringTokenizer fed = new StringTokenizer(input);
      while (fed.hasMoreTokens()) {
        inner.add(ShellWord.literal(fed.nextToken()));
      }
    }
    return program(derived(outer, inner, superuser, outer.remote()), input);
  }

  /** The script that an option's value is. */
  private List<Program> optionText(Program program, char option, boolean superuser) {
    List<ShellWord> arguments = program.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.length() > 1
          && text.charAt(0) == '-'
          && text.charAt(1) != '-'
          && text.indexOf(option) > 0) {
        return text(arguments.get(i + 1).text(), program.directory(), superuser, program.remote());
      }
    }
    return List.of();
  }

  private List<Program> shell(Program shell, @Nullable String input) {
    if (shell.has('c')) {
      // Options may stand between -c and its text.
      boolean command = false;
      for (ShellWord argument : shell.arguments()) {
        String text = argument.text();
        if (text.startsWith("-") || text.startsWith("+")) {
          command |= !text.startsWith("--") && text.indexOf('c') > 0;
        } else if (command) {
          return text(text, shell.directory(), shell.superuser(), shell.remote());
        }
      }
      return List.of();
    }
    boolean readsInput = shell.operands().isEmpty() || shell.has('s');
    return readsInput && input != null
        ? text(input, shell.directory(), shell.superuser(), shell.remote())
        : List.of();
  }

  /** Programs that start others in ways of their own. */
  private List<Program> starter(Program program) {
    return switch (program.name()) {
      case "eval" ->
          text(
              joined(program.arguments()),
              program.directory(),
              program.superuser(),
              program.remote());
      case "su", "script", "runuser" -> optionText(program, 'c', true);
      case "trap" ->
          program.operands().isEmpty()
              ? List.of()
              : text(
                  program.operands().get(0).text(),
                  program.directory(),
                  program.superuser(),
                  program.remote());
      case "watch" -> {
        List<ShellWord> words = withName(program);
        int at = new Wrapper("n", 0, false).programAt(words);
        yield text(
            joined(words.subList(at, words.size())),
            program.directory(),
            program.superuser(),
            program.remote());
      }
      case "ssh" -> {
        List<ShellWord> words = withName(program);
        int at = new Wrapper("bcDEeFIiJLlmOopQRSWw", 1, false).programAt(words);
        yield text(joined(words.subList(at, words.size())), null, program.superuser(), true);
      }
      case "find", "fd" -> executed(program);
      default -> List.of();
    };
  }

  /** What {@code find} starts for each file. */
  private List<Program> executed(Program find) {
    List<Program> all = new ArrayList<>();
    List<ShellWord> arguments = find.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.startsWith("-exec") || text.startsWith("-ok") || text.equals("-x")) {
        List<ShellWord> words = new ArrayList<>();
        int j = i + 1;
        while (j < arguments.size()
            && !arguments.get(j).text().equals(";")
            && !arguments.get(j).text().equals("+")) {
          words.add(arguments.get(j));
          j++;
        }
        all.addAll(program(derived(find, words, find.superuser(), find.remote()), null));
        i = j;
      }
    }
    return all;
  }

  /** The same circumstances with other words; redirections count once, for the outer program. */
  private static Program derived(
      Program outer, List<ShellWord> words, boolean superuser, boolean remote) {
    return new Program(
        "", false, words, List.of(), outer.directory(), superuser, remote, outer.sources());
  }

  private static List<ShellWord> withName(Program program) {
    List<ShellWord> words = new ArrayList<>();
    words.add(ShellWord.literal(program.name()));
    words.addAll(program.arguments());
    return words;
  }

  private static String joined(List<ShellWord> words) {
    StringBuilder text = new StringBuilder();
    for (ShellWord word : words) {
      text.append(text.isEmpty() ? "" : " ").append(word.text());
    }
    return text.toString();
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A directory as a path, where it is one. */
  static @Nullable Path pathOf(@Nullable String directory) {
    try {
      return directory == null ? null : Path.of(directory);
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
