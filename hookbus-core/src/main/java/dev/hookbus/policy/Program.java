package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Redirection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that a command line would start.
 *
 * @param name without its directory; empty for redirections without a program
 * @param dynamic whether the name is known only when it runs
 * @param arguments its arguments
 * @param redirections its redirections
 * @param directory where it runs, as it is written; null where that can't be told
 * @param superuser whether it runs by {@code sudo} or its like
 * @param remote whether it runs on another machine
 * @param sources the programs whose output is in its arguments
 */
record Program(
    String name,
    boolean dynamic,
    List<ShellWord> arguments,
    List<Redirection> redirections,
    @Nullable String directory,
    boolean superuser,
    boolean remote,
    List<Program> sources) {

  /**
   * What it starts by these words, the first of which is a name; redirections count once, for the
   * outer program.
   */
  Program starting(List<ShellWord> words, boolean asSuperuser) {
    return new Program("", false, words, List.of(), directory, asSuperuser, remote, sources);
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    texts.add(name);
    for (ShellWord argument : arguments) {
      texts.add(argument.text());
    }
    return texts;
  }

  /** Whether an option of one letter is given, alone or among others. */
  boolean has(char option) {
    for (ShellWord argument : arguments) {
      String text = argument.text();
      if (text.equals("--")) {
        return false;
      }
      if (text.length() > 1
          && text.charAt(0) == '-'
          && text.charAt(1) != '-'
          && text.indexOf(option) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether an argument is that text, or begins with it and {@code =}. */
  boolean has(String option) {
    for (ShellWord argument : arguments) {
      String text = argument.text();
      if (text.equals(option)
          || (text.startsWith(option)
              && text.length() > option.length()
              && text.charAt(option.length()) == '=')) {
        return true;
      }
    }
    return false;
  }

  /** The arguments that are no options. */
  List<ShellWord> operands() {
    List<ShellWord> operands = new ArrayList<>();
    boolean optionsOver = false;
    for (ShellWord argument : arguments) {
      String text = argument.text();
      if (!optionsOver && text.equals("--")) {
        optionsOver = true;
      } else if (optionsOver || text.equals("-") || !text.startsWith("-")) {
        operands.add(argument);
      }
    }
    return operands;
  }
}
