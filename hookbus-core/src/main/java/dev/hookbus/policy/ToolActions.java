package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileAccess;
import dev.hookbus.policy.Action.FileMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Knows which inputs of which tools are commands and files. */
final class ToolActions {

  private static final List<String> PATCH_MARKS =
      List.of("*** Add File: ", "*** Update File: ", "*** Move to: ");
  private static final String PATCH_DELETE = "*** Delete File: ";
  private static final List<String> PATH_INPUTS =
      List.of("file_path", "path", "filename", "filePath", "source", "destination");
  private static final List<String> WRITING =
      List.of("write", "edit", "create", "move", "append", "insert", "replace", "patch", "save");
  private static final List<String> DELETING = List.of("delete", "remove");

  private ToolActions() {}

  static List<Action> of(String tool, UnaryOperator<@Nullable String> input, Place place) {
    return switch (tool) {
      case "Bash", "bash", "Shell", "shell", "run_shell_command", "Monitor" ->
          command(tool, input.apply("command"), place);
      case "Write", "Edit", "MultiEdit", "write_file", "replace", "create", "str_replace" ->
          file(tool, firstOf(input, "file_path", "path"), FileMode.WRITE, place);
      case "NotebookEdit" ->
          file(tool, firstOf(input, "notebook_path", "file_path"), FileMode.WRITE, place);
      case "Delete" -> file(tool, firstOf(input, "file_path", "path"), FileMode.DELETE, place);
      case "Read", "NotebookRead", "read_file", "view" ->
          file(tool, firstOf(input, "file_path", "path", "notebook_path"), FileMode.READ, place);
      case "Grep" -> grep(tool, input, place);
      case "apply_patch" -> patch(tool, firstOf(input, "command", "input", "patch"), place);
      default -> tool.startsWith("mcp_") ? ofServer(tool, input, place) : List.of();
    };
  }

  private static List<Action> command(String tool, @Nullable String line, Place place) {
    return line == null ? List.of() : List.of(Action.command(tool, line, place));
  }

  private static List<Action> file(String tool, @Nullable String path, FileMode mode, Place place) {
    return path == null ? List.of() : List.of(new FileAccess(tool, path, mode, place));
  }

  private static List<Action> grep(
      String tool, UnaryOperator<@Nullable String> input, Place place) {
    List<Action> actions = new ArrayList<>(file(tool, input.apply("path"), FileMode.READ, place));
    actions.addAll(file(tool, input.apply("glob"), FileMode.READ, place));
    return actions;
  }

  private static List<Action> patch(String tool, @Nullable String patch, Place place) {
    List<Action> actions = new ArrayList<>();
    if (patch != null) {
      int start = 0;
      while (start < patch.length()) {
        int end = patch.indexOf('\n', start);
        String line = patch.substring(start, end < 0 ? patch.length() : end);
        for (String mark : PATCH_MARKS) {
          if (line.startsWith(mark)) {
            actions.addAll(
                file(tool, line.substring(mark.length()).strip(), FileMode.WRITE, place));
          }
        }
        if (line.startsWith(PATCH_DELETE)) {
          actions.addAll(
              file(tool, line.substring(PATCH_DELETE.length()).strip(), FileMode.DELETE, place));
        }
        start = end < 0 ? patch.length() : end + 1;
      }
    }
    return actions;
  }

  /** Tools of servers are free in their names, but most call a path a path. */
  private static List<Action> ofServer(
      String tool, UnaryOperator<@Nullable String> input, Place place) {
    String name = tool.substring(tool.lastIndexOf("__") + 1).toLowerCase(Locale.ROOT);
    FileMode mode =
        containsAny(name, WRITING)
            ? FileMode.WRITE
            : containsAny(name, DELETING) ? FileMode.DELETE : FileMode.READ;
    List<Action> actions = new ArrayList<>();
    for (String key : PATH_INPUTS) {
      actions.addAll(file(tool, input.apply(key), mode, place));
    }
    return actions;
  }

  private static boolean containsAny(String name, List<String> words) {
    for (String word : words) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String firstOf(UnaryOperator<@Nullable String> input, String... names) {
    for (String name : names) {
      String value = input.apply(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
