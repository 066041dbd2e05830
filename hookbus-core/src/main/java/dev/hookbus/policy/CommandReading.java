package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Pipeline;
import dev.hookbus.policy.ShellScript.Redirection;
import dev.hookbus.policy.ShellScript.Simple;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which programs a command line starts, behind wrappers and inside texts that are scripts. */
final class CommandReading {

  private static final int MAX_SCRIPTS_IN_SCRIPTS = 12;
  private static final int MAX_WRAPPERS = 32;

  private final Place place;
  private final StartedPrograms started = new StartedPrograms(this);
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

  /** The programs of a text that is a script, run where that is. */
  List<Program> text(String text, @Nullable String directory, boolean superuser, boolean remote) {
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
        List<Program> programsOfElement = new ArrayList<>();
        for (Simple simple : element) {
          String input = simple.input().word() == null ? fed : simple.input().word().text();
          programsOfElement.addAll(simple(simple, input, superuser, remote));
        }
        elements.add(programsOfElement);
        all.addAll(programsOfElement);
        fed = element.size() == 1 ? element.get(0).output() : null;
      }
      pipelines.add(elements);
    }
    depth--;
    return all;
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
  List<Program> program(Program unnamed, @Nullable String input) {
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
    all.addAll(started.by(program, words, input));
    wrappers--;
    return all;
  }

  /** A path without its directories. */
  static String baseName(String path) {
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
