package dev.hookbus.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed command line: its pipelines in the order of the text, those inside compounds too. */
final class ShellScript {

  /**
   * One program and what stands with it.
   *
   * @param assignments variables set for it alone, or for the shell if there are no words
   * @param words the program and its arguments
   * @param redirections its redirections
   * @param input what a here-document or here-string feeds it
   * @param directory where it runs, as it is written; null where that can't be told
   */
  record Simple(
      List<ShellWord> assignments,
      List<ShellWord> words,
      List<Redirection> redirections,
      Input input,
      @Nullable String directory) {

    /** What it prints, where its text says so. */
    @Nullable String output() {
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
          ShellWord fed = input.word();
          return fed == null || words.size() > 1 ? null : fed.text();
        }
        default -> {
          return null;
        }
      }
    }
  }

  /** What a command is fed; a here-document comes only after the line of its command. */
  static final class Input {
    private @Nullable ShellWord word;

    @Nullable ShellWord word() {
      return word;
    }

    void set(ShellWord fed) {
      word = fed;
    }
  }

  /**
   * A redirection of a file.
   *
   * @param writes whether the file is made or changed, else it is read
   * @param target the file
   * @param directory as {@link Simple#directory}
   */
  record Redirection(boolean writes, ShellWord target, @Nullable String directory) {}

  /**
   * What a pipe connects. An element is the commands of a compound, or a single one.
   *
   * @param elements at least one
   */
  record Pipeline(List<List<Simple>> elements) {}

  private final List<Pipeline> pipelines = new ArrayList<>();
  private boolean forkBomb;
  private boolean tooDeep;

  List<Pipeline> pipelines() {
    return pipelines;
  }

  /** Whether a function starts itself twice over. */
  boolean forkBomb() {
    return forkBomb;
  }

  /** Whether it is nested deeper than it was read. */
  boolean tooDeep() {
    return tooDeep;
  }

  void add(Pipeline pipeline) {
    pipelines.add(pipeline);
  }

  void markForkBomb() {
    forkBomb = true;
  }

  void markTooDeep() {
    tooDeep = true;
  }
}
