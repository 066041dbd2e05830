package dev.hookbus.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Which programs a program starts in turn: behind it, for each file, or from a script in a text.
 */
final class StartedPrograms {

  static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "mksh", "fish", "rbash");

  private static final Wrapper WATCH = new Wrapper("n", 0, false);
  private static final Wrapper SSH = new Wrapper("bcDEeFIiJLlmOopQRSWw", 1, false);

  private final CommandReading reading;

  StartedPrograms(CommandReading reading) {
    this.reading = reading;
  }

  /**
   * The programs that one starts.
   *
   * @param words its name and its arguments, as they are written
   * @param input what it is fed, as far as that is known
   */
  List<Program> by(Program program, List<ShellWord> words, @Nullable String input) {
    Wrapper wrapper = Wrapper.of(program.name());
    if (wrapper != null) {
      return wrapped(program, wrapper, words, input);
    }
    if (SHELLS.contains(program.name())) {
      return shell(program, input);
    }
    return switch (program.name()) {
      case "eval" -> text(joined(program.arguments()), program);
      case "su", "script", "runuser" -> optionText(program, 'c', true);
      case "trap" ->
          program.operands().isEmpty()
              ? List.of()
              : text(program.operands().get(0).text(), program);
      case "watch" -> text(behind(WATCH, program), program);
      case "ssh" -> reading.text(behind(SSH, program), null, program.superuser(), true);
      case "find", "fd" -> executed(program);
      default -> List.of();
    };
  }

  private List<Program> wrapped(
      Program outer, Wrapper wrapper, List<ShellWord> words, @Nullable String input) {
    boolean superuser = outer.superuser() || wrapper.superuser();
    if (outer.name().equals("env") || outer.name().equals("flock")) {
      List<Program> fromText = optionText(outer, outer.name().equals("env") ? 'S' : 'c', superuser);
      if (!fromText.isEmpty()) {
        return fromText;
      }
    }
    List<ShellWord> inner = new ArrayList<>(words.subList(wrapper.programAt(words), words.size()));
    if (inner.isEmpty()) {
      boolean shell = outer.superuser() && (outer.has('s') || outer.has('i'));
      return shell && input != null
          ? reading.text(input, outer.directory(), superuser, outer.remote())
          : List.of();
    }
    if (outer.name().equals("xargs") && input != null) {
      StringTokenizer fed = new StringTokenizer(input);
      while (fed.hasMoreTokens()) {
        inner.add(ShellWord.literal(fed.nextToken()));
      }
    }
    return reading.program(outer.starting(inner, superuser), input);
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
        String script = arguments.get(i + 1).text();
        return reading.text(script, program.directory(), superuser, program.remote());
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
          return text(text, shell);
        }
      }
      return List.of();
    }
    boolean readsInput = shell.operands().isEmpty() || shell.has('s');
    return readsInput && input != null ? text(input, shell) : List.of();
  }

  /** What {@code find} starts for each file. */
  private List<Program> executed(Program find) {
    List<Program> all = new ArrayList<>();
    List<ShellWord> arguments = find.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.startsWith("-exec") || text.startsWith("-ok") || text.equals("-x")) {
        int end = endOfExecuted(arguments, i + 1);
        List<ShellWord> words = arguments.subList(i + 1, end);
        all.addAll(reading.program(find.starting(words, find.superuser()), null));
        i = end;
      }
    }
    return all;
  }

  private static int endOfExecuted(List<ShellWord> arguments, int from) {
    int end = from;
    while (end < arguments.size()
        && !arguments.get(end).text().equals(";")
        && !arguments.get(end).text().equals("+")) {
      end++;
    }
    return end;
  }

  /** The programs of a script that is run as the program that runs it. */
  private List<Program> text(String script, Program by) {
    return reading.text(script, by.directory(), by.superuser(), by.remote());
  }

  /** The words behind a program and its own options, as one text. */
  private static String behind(Wrapper wrapper, Program program) {
    List<ShellWord> words = new ArrayList<>();
    words.add(ShellWord.literal(program.name()));
    words.addAll(program.arguments());
    return joined(words.subList(wrapper.programAt(words), words.size()));
  }

  private static String joined(List<ShellWord> words) {
    StringBuilder text = new StringBuilder();
    for (ShellWord word : words) {
      text.append(text.isEmpty() ? "" : " ").append(word.text());
    }
    return text.toString();
  }
}
