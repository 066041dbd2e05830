package dev.hookbus.examples.claude;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Registers {@link TrialHook} in a real Claude Code, lets a {@link ScriptedModel} ask for the
 * command of every {@link Trial}, and prints what came of it. Two sessions: one with a hook that
 * fails open, one with a hook that fails closed.
 */
public final class HostCheck {

  private static final long PATIENCE_SECONDS = 240;

  private final Path claude;
  private final Path commandLine;
  private final Path hooks;
  private final List<String> options;
  private boolean deviates;

  private HostCheck(Path claude, Path commandLine, Path hooks, List<String> options) {
    this.claude = claude;
    this.commandLine = commandLine;
    this.hooks = hooks;
    this.options = options;
  }

  /**
   * Arguments: the host's command, the jar of the {@code hookbus} command, the jar of these
   * classes, and options for {@code hookbus install}. Ends with 1 if the host did anything it must
   * not.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    HostCheck check =
        new HostCheck(
            Path.of(arguments[0]).toAbsolutePath(),
            Path.of(arguments[1]).toAbsolutePath(),
            Path.of(arguments[2]).toAbsolutePath(),
            Arrays.asList(arguments).subList(3, arguments.length));
    System.out.println("| the hook | if it fails | tool ran | model was told | as it must be |");
    System.out.println("|---|---|---|---|---|");
    check.session(false);
    check.session(true);
    System.exit(check.deviates ? 1 : 0);
  }

  private void session(boolean failClosed) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("hookbus-claude");
    Path project = Files.createDirectories(scratch.resolve("project"));
    List<String> commands = Stream.of(Trial.values()).map(Trial::command).toList();
    try (ScriptedModel model = ScriptedModel.asking(commands)) {
      run(scratch, model, install(scratch, project, failClosed));
      run(
          project,
          model,
          List.of(claude.toString(), "-p", "Begin.", "--dangerously-skip-permissions"));
      for (Trial trial : Trial.values()) {
        report(
            trial.what(),
            failClosed,
            trial.mustRun(failClosed),
            Files.exists(project.resolve(trial.name())),
            model.wasTold(trial.told(failClosed)));
      }
      for (String text : List.of(TrialHook.AT_START, TrialHook.AT_PROMPT, TrialHook.AT_STOP)) {
        report("says \"" + text + "\"", failClosed, true, true, model.wasTold(text));
      }
      run(
          scratch,
          model,
          List.of("java", "-jar", commandLine.toString(), "uninstall", "--dir", "hooks"));
    }
    delete(scratch);
  }

  private List<String> install(Path scratch, Path project, boolean failClosed) {
    Class<?> hook = failClosed ? TrialHook.Closed.class : TrialHook.Open.class;
    List<String> command =
        new ArrayList<>(
            List.of("java", "-jar", commandLine.toString(), "install", "--dir", "hooks"));
    command.addAll(List.of("--endpoint", "", "--jar", hooks.toString()));
    command.addAll(List.of("--settings", project.resolve(".claude/settings.json").toString()));
    command.addAll(List.of("--env", "HOOKBUS_DB=" + scratch.resolve("hookbus.db")));
    command.addAll(List.of("--env", "HOOKBUS_SINKS="));
    for (String event :
        List.of("PreToolUse", "PostToolUse", "SessionStart", "UserPromptSubmit", "Stop")) {
      command.addAll(List.of("--hook", event + "=" + hook.getName()));
    }
    if (failClosed) {
      command.add("--fail-closed");
    }
    command.addAll(options);
    return command;
  }

  private void report(String what, boolean failClosed, boolean mustRun, boolean ran, boolean told) {
    boolean right = ran == mustRun && told;
    deviates |= !right;
    System.out.printf(
        "| %s | %s | %s | %s | %s |%n",
        what,
        failClosed ? "closed" : "open",
        ran ? "yes" : "no",
        told ? "yes" : "no",
        right ? "yes" : "NO");
  }

  /** Runs a command to its end, with nothing of the caller's agent in its environment. */
  private static void run(Path directory, ScriptedModel model, List<String> command)
      throws IOException, InterruptedException {
    File log = Files.createTempFile("hookbus-claude", ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .redirectInput(new File("/dev/null"));
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(CLAUDE|ANTHROPIC|HOOKBUS|ZO)_.*|CI|TRACEPARENT"));
    builder.environment().put("HOME", directory.resolveSibling("home").toString());
    builder.environment().put("ANTHROPIC_BASE_URL", model.url());
    builder.environment().put("ANTHROPIC_API_KEY", "scripted");
    builder.environment().put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
    builder.environment().put("IS_SANDBOX", "1"); // else root may not skip permissions
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String output = Files.readString(log.toPath());
    Files.delete(log.toPath());
    if (!ended || process.exitValue() != 0) {
      throw new IOException(
          command
              + (ended ? " ended with " + process.exitValue() : " did not end")
              + ":\n"
              + output);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
