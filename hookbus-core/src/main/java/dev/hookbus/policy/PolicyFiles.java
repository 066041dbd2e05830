package dev.hookbus.policy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of configuration files: one entry per line, blank lines and {@code #} comments left
 * out, UTF-8. A file that is missing leaves its standard.
 *
 * <ul>
 *   <li>{@code __claude_hook__allowed_root_files}: names of files
 *   <li>{@code __claude_hook__valid_test_paths}: directories, relative to the project
 *   <li>{@code __claude_hook__valid_env_paths}: directories; a file without an entry means the root
 *   <li>{@code __claude_hook__command_rules}: a rule and {@code deny}, {@code ask}, {@code hint} or
 *       {@code off}
 * </ul>
 *
 * @param directory the directory; it need not exist
 */
public record PolicyFiles(Path directory) {

  /** What may lie in a project's root where no file says otherwise. */
  public static final Set<String> STANDARD_ROOT_FILES =
      Set.of(
          "README.md",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "LICENSE",
          "CLAUDE.md",
          "CLAUDE.local.md",
          "AGENTS.md",
          ".gitignore",
          ".gitattributes",
          ".editorconfig",
          ".dockerignore",
          ".mcp.json",
          "package.json",
          "package-lock.json",
          "tsconfig.json",
          "requirements.txt",
          "pyproject.toml",
          "setup.py",
          "pom.xml",
          "build.gradle",
          "settings.gradle",
          "Cargo.toml",
          "go.mod",
          "Makefile",
          "Dockerfile",
          "docker-compose.yml");

  private static final String ROOT_FILES = "__claude_hook__allowed_root_files";
  private static final String TEST_PATHS = "__claude_hook__valid_test_paths";
  private static final String ENV_PATHS = "__claude_hook__valid_env_paths";
  private static final String COMMAND_RULES = "__claude_hook__command_rules";
  private static final List<String> NAMES =
      List.of(ROOT_FILES, TEST_PATHS, ENV_PATHS, COMMAND_RULES);

  /**
   * The policy of the files: commands, environment files, prompts and the files themselves always,
   * fail-closed; root files and test paths where their file exists.
   *
   * @throws PolicyConfigException if a file can't be used
   */
  public Policy policy() throws PolicyConfigException {
    Policy.Builder policy = Policy.builder();
    addTo(policy);
    return policy.build();
  }

  /**
   * Adds the validators of {@link #policy()} to those of your own.
   *
   * @throws PolicyConfigException if a file can't be used
   */
  public void addTo(Policy.Builder policy) throws PolicyConfigException {
    Map<CommandRule, Decision> rules = commandRules();
    policy.failClosed("commands", Validators.commands(rules));
    policy.failClosed("env-files", Validators.envFiles(envDirectories()));
    policy.failClosed("policy-files", untouched());
    policy.failClosed("prompts", Validators.prompts(rules));
    Optional<Set<String>> rootFiles = rootFiles();
    if (rootFiles.isPresent()) {
      policy.failClosed("root-files", Validators.rootFiles(rootFiles.get()));
    }
    Optional<List<String>> testDirectories = testDirectories();
    if (testDirectories.isPresent()) {
      policy.failClosed("test-paths", Validators.testPaths(testDirectories.get()));
    }
  }

  /** Whether any of the files is there. */
  public boolean exists() {
    for (String name : NAMES) {
      if (Files.exists(directory.resolve(name))) {
        return true;
      }
    }
    return false;
  }

  /** Denies changing, removing or making the files; what else lies beside them is free. */
  public Validator untouched() {
    List<Path> files = new ArrayList<>();
    for (String name : NAMES) {
      files.add(directory.resolve(name));
    }
    return Validators.untouchable(files);
  }

  /**
   * The names a project's root may hold, if the file exists; {@link #STANDARD_ROOT_FILES} where it
   * is empty.
   *
   * @throws PolicyConfigException if a line is no file name
   */
  public Optional<Set<String>> rootFiles() throws PolicyConfigException {
    List<Line> lines = lines(ROOT_FILES);
    if (lines == null) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    for (Line line : lines) {
      if (line.text.indexOf('/') >= 0 || line.text.indexOf('\\') >= 0 || isDots(line.text)) {
        throw line.problem("'" + line.text + "' is no file name; write it without a directory");
      }
      names.add(line.text);
    }
    return Optional.of(names.isEmpty() ? STANDARD_ROOT_FILES : names);
  }

  /**
   * Where tests belong, if the file exists.
   *
   * @throws PolicyConfigException if a line is no directory of the project, or there is none
   */
  public Optional<List<String>> testDirectories() throws PolicyConfigException {
    List<Line> lines = lines(TEST_PATHS);
    if (lines == null) {
      return Optional.empty();
    }
    if (lines.isEmpty()) {
      throw new PolicyConfigException(
          directory.resolve(TEST_PATHS), 0, "names no directory; name one, or remove the file");
    }
    return Optional.of(directories(lines));
  }

  /**
   * Where environment files may be written: nowhere without the file, in the root if it is empty.
   *
   * @throws PolicyConfigException if a line is no directory of the project
   */
  public List<String> envDirectories() throws PolicyConfigException {
    List<Line> lines = lines(ENV_PATHS);
    if (lines == null) {
      return List.of();
    }
    return lines.isEmpty() ? List.of(".") : directories(lines);
  }

  /**
   * What is decided otherwise than {@linkplain CommandRule#standard() usual} about commands.
   *
   * @throws PolicyConfigException if a line is no rule and decision
   */
  public Map<CommandRule, Decision> commandRules() throws PolicyConfigException {
    Map<CommandRule, Decision> decisions = new EnumMap<>(CommandRule.class);
    List<Line> lines = lines(COMMAND_RULES);
    if (lines != null) {
      for (Line line : lines) {
        int blank = firstBlank(line.text);
        decisions.put(
            rule(line, line.text.substring(0, blank)),
            decision(line, line.text.substring(blank).strip()));
      }
    }
    return decisions;
  }

  private static int firstBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ' ' || text.charAt(i) == '\t') {
        return i;
      }
    }
    return text.length();
  }

  private static CommandRule rule(Line line, String name) throws PolicyConfigException {
    StringBuilder known = new StringBuilder();
    for (CommandRule rule : CommandRule.values()) {
      if (rule.configName().equals(name)) {
        return rule;
      }
      known.append(known.isEmpty() ? "" : ", ").append(rule.configName());
    }
    throw line.problem("there is no rule '" + name + "'; there are " + known);
  }

  private static Decision decision(Line line, String name) throws PolicyConfigException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "deny" -> Decision.DENY;
      case "ask" -> Decision.ASK;
      case "hint" -> Decision.HINT;
      case "off" -> Decision.ALLOW;
      default -> throw line.problem("'" + name + "' must be deny, ask, hint or off");
    };
  }

  private static List<String> directories(List<Line> lines) throws PolicyConfigException {
    List<String> directories = new ArrayList<>();
    for (Line line : lines) {
      String text = line.text.replace('\\', '/');
      while (text.endsWith("/") && text.length() > 1) {
        text = text.substring(0, text.length() - 1);
      }
      if (text.startsWith("/") || text.startsWith("~")) {
        throw line.problem(
            "'" + line.text + "' must be a directory of the project, written from its root");
      }
      if (text.equals("..")
          || text.startsWith("../")
          || text.contains("/../")
          || text.endsWith("/..")) {
        throw line.problem("'" + line.text + "' leaves the project; write it without '..'");
      }
      directories.add(text);
    }
    return directories;
  }

  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..");
  }

  private record Line(Path file, int number, String text) {

    PolicyConfigException problem(String problem) {
      return new PolicyConfigException(file, number, problem);
    }
  }

  /** The entries of a file; null if there is no such file. */
  private @Nullable List<Line> lines(String name) throws PolicyConfigException {
    Path file = directory.resolve(name);
    if (Files.notExists(file)) {
      return null;
    }
    List<String> texts;
    try {
      texts = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new PolicyConfigException(file, 0, "is not UTF-8");
    } catch (IOException e) {
      throw new PolicyConfigException(file, 0, "can't be read; make it a readable file");
    }
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i).strip();
      if (i == 0 && text.startsWith("\uFEFF")) {
        text = text.substring(1).strip();
      }
      for (int c = 0; c < text.length(); c++) {
        if (Character.isISOControl(text.charAt(c)) && text.charAt(c) != '\t') {
          throw new PolicyConfigException(
              file, i + 1, "has the control character " + (int) text.charAt(c));
        }
      }
      if (!text.isEmpty() && text.charAt(0) != '#') {
        lines.add(new Line(file, i + 1, text));
      }
    }
    return lines;
  }
}
