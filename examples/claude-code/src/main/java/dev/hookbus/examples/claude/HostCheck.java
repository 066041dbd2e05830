package dev.hookbus.examples.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Registers {@link TrialHook} in a real Claude Code, lets a {@link ScriptedModel} ask for the
 * command of every {@link Trial}, and prints what came of it. Two sessions: one with a hook that
 * fails open, one with a hook that fails closed.
 */
public final class HostCheck {

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
    List<String> commands = Stream.of(Trial.values()).map(Trial::command).toList();
    try (ScriptedModel model = ScriptedModel.asking(commands);
        Scratch scratch = Scratch.with(model)) {
      scratch.run(scratch.directory(), install(scratch, failClosed));
      scratch.run(
          scratch.project(),
          List.of(claude.toString(), "-p", "Begin.", "--dangerously-skip-permissions"));
      for (Trial trial : Trial.values()) {
        report(
            trial.what(),
            failClosed,
            trial.mustRun(failClosed),
            Files.exists(scratch.project().resolve(trial.name())),
            model.wasTold(trial.told(failClosed)));
      }
      for (String text : List.of(TrialHook.AT_START, TrialHook.AT_PROMPT, TrialHook.AT_STOP)) {
        report("says \"" + text + "\"", failClosed, true, true, model.wasTold(text));
      }
      scratch.run(
          scratch.directory(),
          List.of("java", "-jar", commandLine.toString(), "uninstall", "--dir", "hooks"));
    }
  }

  private List<String> install(Scratch scratch, boolean failClosed) {
    Class<?> hook = failClosed ? TrialHook.Closed.class : TrialHook.Open.class;
    List<String> command =
        new ArrayList<>(
            List.of("java", "-jar", commandLine.toString(), "install", "--dir", "hooks"));
    command.addAll(List.of("--endpoint", "", "--jar", hooks.toString()));
    command.addAll(
        List.of("--settings", scratch.project().resolve(".claude/settings.json").toString()));
    command.addAll(List.of("--env", "HOOKBUS_DB=" + scratch.directory().resolve("hookbus.db")));
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
}
