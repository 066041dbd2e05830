package dev.hookbus.examples.pack;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PreToolUse;
import dev.hookbus.host.PreToolUseAnswer;
import dev.hookbus.host.ToolCall;
import dev.hookbus.host.UserPromptSubmit;
import dev.hookbus.host.UserPromptSubmitAnswer;
import dev.hookbus.policy.Action;
import dev.hookbus.policy.Place;
import dev.hookbus.policy.Policy;
import dev.hookbus.policy.PolicyConfigException;
import dev.hookbus.policy.PolicyFiles;
import dev.hookbus.policy.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges tool calls and prompts before anything happens, by the configuration files in the
 * project's {@code .claude/hooks/config}, or else in its {@code config}.
 */
public final class PolicyHook {

  private static final String NAME = "policy";
  private static final String FIRST = ".claude/hooks/config";
  private static final String SECOND = "config";

  private PolicyHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    // A policy is the same every time: a copy of the call is judged too, and nothing is replayed.
    HookMain.named(NAME)
        .arguments(args)
        .failClosed()
        .everyTime()
        .run(handler(HookBusConfig.variable("CLAUDE_PROJECT_DIR")));
  }

  /**
   * Judges.
   *
   * @param project the project's root; null for the session's working directory
   */
  static HookHandler handler(@Nullable String project) {
    return HookHandler.on(PreToolUse.class, call -> toolCall(call, place(call, project)))
        .on(UserPromptSubmit.class, prompt -> prompt(prompt, place(prompt, project)));
  }

  private static PreToolUseAnswer toolCall(PreToolUse call, Place place) {
    List<Action> actions = actions(call.tool(), place);
    if (actions.isEmpty()) {
      return PreToolUseAnswer.none();
    }
    Verdict verdict;
    try {
      verdict = policy(place).check(actions);
    } catch (PolicyConfigException e) {
      return PreToolUseAnswer.deny("The policy can't be read: " + e.getMessage());
    }
    PreToolUseAnswer answer =
        switch (verdict.decision()) {
          case DENY -> PreToolUseAnswer.deny(verdict.reason());
          case ASK -> PreToolUseAnswer.ask(verdict.reason());
          case HINT, ALLOW -> PreToolUseAnswer.none();
        };
    return verdict.hints().isEmpty()
        ? answer
        : answer.additionalContext(String.join("\n", verdict.hints()));
  }

  private static UserPromptSubmitAnswer prompt(UserPromptSubmit said, Place place)
      throws PolicyConfigException {
    Verdict verdict = policy(place).check(new Action.Prompt(said.prompt(), place));
    return switch (verdict.decision()) {
      case DENY -> UserPromptSubmitAnswer.block(verdict.reason());
      case ASK -> UserPromptSubmitAnswer.context(verdict.reason());
      case HINT -> UserPromptSubmitAnswer.context(String.join("\n", verdict.hints()));
      case ALLOW -> UserPromptSubmitAnswer.none();
    };
  }

  /** By the name the policy knows, which is Claude Code's where another host has its own. */
  private static List<Action> actions(ToolCall call, Place place) {
    List<Action> actions = Action.ofTool(call.name(), call.input()::text, place);
    return actions.isEmpty() ? Action.ofTool(call.kind(), call.input()::text, place) : actions;
  }

  private static Policy policy(Place place) throws PolicyConfigException {
    PolicyFiles first = new PolicyFiles(place.project().resolve(FIRST));
    PolicyFiles second = new PolicyFiles(place.project().resolve(SECOND));
    boolean usesFirst = Files.isDirectory(first.directory()) || !second.exists();
    Policy.Builder policy = Policy.builder();
    (usesFirst ? first : second).addTo(policy);
    policy.failClosed("other-policy-files", (usesFirst ? second : first).untouched());
    return policy.build();
  }

  private static Place place(HookEvent event, @Nullable String project) {
    String cwd = event.cwd();
    Path directory = Path.of(cwd == null || cwd.isBlank() ? "" : cwd);
    Path root = project == null || project.isBlank() ? directory : Path.of(project);
    return Place.of(root).in(directory);
  }
}
