package dev.hookbus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where hooks are installed, and in which settings they are registered. */
final class InstallPlace {

  /** Whose settings. */
  enum Scope {
    /** The user's, for all projects. */
    USER,
    /** The project's, shared by everybody who works on it. */
    PROJECT,
    /** The user's for this project. */
    LOCAL
  }

  @Option(
      names = {"-d", "--dir", "--install-dir"},
      paramLabel = "DIR",
      description = "Where the hooks are; INSTALL_DIR by default, else ~/.hookbus/hooks.")
  private @Nullable Path directory;

  @Option(names = "--settings", paramLabel = "FILE", description = "The host's settings file.")
  private @Nullable Path settings;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description =
          "Which settings.json, where no file is named: 'user', in ~/.claude, by default; 'project',"
              + " in .claude here; or 'local', which is settings.local.json there.")
  private Scope scope = Scope.USER;

  Path directory() {
    return path(directory, "INSTALL_DIR", home() + "/.hookbus/hooks").toAbsolutePath().normalize();
  }

  Path settings() {
    if (settings != null) {
      return settings.toAbsolutePath().normalize();
    }
    return settings(scope);
  }

  private static Path settings(Scope scope) {
    return switch (scope) {
      case USER -> userDirectory().resolve("settings.json");
      case PROJECT -> Path.of(".claude", "settings.json").toAbsolutePath();
      case LOCAL -> Path.of(".claude", "settings.local.json").toAbsolutePath();
    };
  }

  /** Everywhere else that the host may know hooks from: other scopes, and the user's plugins. */
  List<Path> otherSettings() {
    List<Path> others = new ArrayList<>();
    for (Scope other : Scope.values()) {
      others.add(settings(other));
    }
    others.add(userDirectory().resolve("plugins"));
    return others;
  }

  private static Path userDirectory() {
    return path(null, "CLAUDE_CONFIG_DIR", home() + "/.claude").toAbsolutePath();
  }

  /** What the command line says, else the first variable that is set; null if none is. */
  static @Nullable String given(@Nullable String option, String... variables) {
    if (option != null) {
      return option;
    }
    for (String variable : variables) {
      String value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  static Path path(@Nullable Path option, String variable, String otherwise) {
    String value = given(option == null ? null : option.toString(), variable);
    return Path.of(value == null ? otherwise : value);
  }

  private static String home() {
    String home = System.getenv("HOME");
    return home == null || home.isBlank() ? System.getProperty("user.home") : home;
  }
}
