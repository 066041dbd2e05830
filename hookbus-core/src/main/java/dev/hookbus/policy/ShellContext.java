package dev.hookbus.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a shell knows while it reads on: variables, and the directory it is in. */
final class ShellContext {

  /** Deeper nesting than people write is not read, so that no line can exhaust the stack. */
  static final int MAX_DEPTH = 40;

  private final Map<String, String> variables;
  private @Nullable String directory;
  private final String home;

  private ShellContext(Map<String, String> variables, @Nullable String directory, String home) {
    this.variables = variables;
    this.directory = directory;
    this.home = home;
  }

  static ShellContext of(Place place) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOME", place.home().toString());
    variables.put("PWD", place.directory().toString());
    variables.put("IFS", " \t\n");
    variables.put("CLAUDE_PROJECT_DIR", place.project().toString());
    return new ShellContext(variables, place.directory().toString(), place.home().toString());
  }

  /** As a subshell: what it changes stays in it. */
  ShellContext copy() {
    return new ShellContext(new HashMap<>(variables), directory, home);
  }

  String home() {
    return home;
  }

  @Nullable String directory() {
    return directory;
  }

  /** Follows {@code cd}. */
  void changeDirectory(@Nullable String target) {
    if (target == null) {
      directory = null;
    } else if (target.startsWith("/")) {
      directory = target;
    } else if (directory != null) {
      directory = directory + "/" + target;
    }
    if (directory == null) {
      variables.remove("PWD");
    } else {
      variables.put("PWD", directory);
    }
  }

  @Nullable String variable(String name) {
    return variables.get(name);
  }

  /** A null value means that it is set to something unknown. */
  void assign(String name, @Nullable String value) {
    if (value == null) {
      variables.remove(name);
    } else {
      variables.put(name, value);
    }
  }

  /** Follows what a command changes for those after it. */
  void settle(List<ShellWord> assignments, List<ShellWord> words) {
    if (words.isEmpty()) {
      assign(assignments);
      return;
    }
    switch (words.get(0).text()) {
      case "export", "readonly", "declare", "typeset", "local" ->
          assign(words.subList(1, words.size()));
      case "read", "unset" -> {
        for (ShellWord word : words) {
          assign(word.text(), null);
        }
      }
      case "cd", "pushd" -> changeDirectoryBy(words);
      case "popd" -> changeDirectory(null);
      default -> {}
    }
  }

  private void assign(List<ShellWord> assignments) {
    for (ShellWord word : assignments) {
      int equals = word.text().indexOf('=');
      if (equals > 0) {
        boolean appends = word.text().charAt(equals - 1) == '+';
        String name = word.text().substring(0, appends ? equals - 1 : equals);
        String value = word.text().substring(equals + 1);
        String before = appends ? variable(name) : "";
        assign(name, word.dynamic() || before == null ? null : before + value);
      }
    }
  }

  private void changeDirectoryBy(List<ShellWord> words) {
    ShellWord target = null;
    for (ShellWord word : words.subList(1, words.size())) {
      if (word.text().equals("-") || !word.text().startsWith("-")) {
        target = word;
      }
    }
    if (target == null) {
      changeDirectory(home);
    } else {
      boolean unknown = target.dynamic() || target.glob() || target.text().equals("-");
      changeDirectory(unknown ? null : target.text());
    }
  }
}
