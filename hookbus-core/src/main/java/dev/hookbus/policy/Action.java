package dev.hookbus.policy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What an agent is about to do. */
public sealed interface Action {

  /** The host's name of the tool, such as {@code Bash}; empty for a prompt. */
  String tool();

  /** Where it would happen. */
  Place place();

  /**
   * The actions of a tool call, by the names that Claude Code and its kin give tools and their
   * inputs. A tool that is not known to run commands or touch files has none.
   *
   * @param input gives a text of the tool's input by its name, null where there is none
   */
  static List<Action> ofTool(String tool, UnaryOperator<@Nullable String> input, Place place) {
    return ToolActions.of(tool, input, place);
  }

  /**
   * A command line of a POSIX shell.
   *
   * @param tool the tool that runs it
   * @param line the text, as it is given to the shell
   * @param place where it runs
   */
  static Command command(String tool, String line, Place place) {
    return new Command(tool, line, place);
  }

  /** A command line for a shell, and what can be read in it. */
  final class Command implements Action {
    private final String tool;
    private final String line;
    private final Place place;
    private final CommandReading reading;

    private Command(String tool, String line, Place place) {
      this.tool = requireNonNull(tool, "tool");
      this.line = requireNonNull(line, "line");
      this.place = requireNonNull(place, "place");
      this.reading = CommandReading.of(line, place);
    }

    @Override
    public String tool() {
      return tool;
    }

    @Override
    public Place place() {
      return place;
    }

    /** The text. */
    public String line() {
      return line;
    }

    /**
     * Every program the line would start, with its arguments: behind {@code sudo}, {@code env},
     * {@code xargs} and the like, inside {@code sh -c}, substitutions, loops and functions too. The
     * first text of each is the program's name without its directory. What the shell would fill in
     * later stands there as it is written.
     */
    public List<List<String>> programs() {
      List<List<String>> programs = new ArrayList<>();
      for (Program program : reading.programs()) {
        programs.add(program.texts());
      }
      return programs;
    }

    CommandReading reading() {
      return reading;
    }

    @Override
    public String toString() {
      return "Command[tool=" + tool + ", line=" + line + "]";
    }
  }

  /**
   * An access to a file.
   *
   * @param tool the tool that does it
   * @param path as the tool names it; relative to the working directory
   * @param mode what is done with it
   * @param place where it happens
   */
  record FileAccess(String tool, String path, FileMode mode, Place place) implements Action {

    /** Checks for nulls. */
    public FileAccess {
      requireNonNull(tool, "tool");
      requireNonNull(path, "path");
      requireNonNull(mode, "mode");
      requireNonNull(place, "place");
    }
  }

  /** What is done with a file. */
  enum FileMode {
    /** Its content is read. */
    READ,
    /** It is made or changed. */
    WRITE,
    /** It is removed, or moved away. */
    DELETE
  }

  /**
   * A prompt for the agent.
   *
   * @param text what the agent would get
   * @param place where the agent works
   */
  record Prompt(String text, Place place) implements Action {

    /** Checks for nulls. */
    public Prompt {
      requireNonNull(text, "text");
      requireNonNull(place, "place");
    }

    @Override
    public String tool() {
      return "";
    }
  }
}
