package dev.hookbus.policy;

import java.util.Set;

/** Looks at what people, and programs in their name, tell the agent. */
final class PromptValidator implements Validator {

  /** Lines that begin otherwise are sentences, in which a command is only spoken of. */
  private static final Set<String> COMMANDS =
      Set.of(
          "rm", "sudo", "dd", "mkfs", "chmod", "chown", "find", "curl", "wget", "bash", "sh",
          "eval", "mv", "wipefs", "doas", "cd");

  private final CommandValidator commands;

  PromptValidator(CommandValidator commands) {
    this.commands = commands;
  }

  @Override
  public Opinion check(Action action) {
    if (!(action instanceof Action.Prompt prompt)) {
      return Opinion.allow();
    }
    if (prompt.text().isBlank()) {
      return Opinion.deny("The prompt is empty.");
    }
    Opinion opinion = Opinion.allow();
    String text = prompt.text();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      int stop = end < 0 ? text.length() : end;
      opinion = opinion.or(line(bare(text.substring(start, stop)), prompt.place()));
      start = stop + 1;
    }
    return opinion;
  }

  private Opinion line(String line, Place place) {
    if (!COMMANDS.contains(firstWord(line))) {
      return Opinion.allow();
    }
    Opinion opinion = commands.check(Action.command("", line, place));
    return opinion.decision() == Decision.DENY
        ? Opinion.deny(
            "The prompt tells the agent to run a command that is denied: " + opinion.text())
        : Opinion.allow();
  }

  /**
   * A line without the signs that mark it as a command: {@code $}, {@code !}, {@code >}, quotes.
   */
  private static String bare(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && " \t$!>`#".indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && " \t`\r".indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    return line.substring(start, end);
  }

  private static String firstWord(String line) {
    int end = 0;
    while (end < line.length() && Character.isLetter(line.charAt(end))) {
      end++;
    }
    return line.substring(0, end);
  }
}
