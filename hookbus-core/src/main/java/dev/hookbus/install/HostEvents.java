package dev.hookbus.install;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agent host's settings may say about its events. */
final class HostEvents {

  private static final Set<String> WITH_MATCHER =
      Set.of(
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "PermissionRequest",
          "PermissionDenied",
          "Notification",
          "UserPromptExpansion",
          "SessionStart",
          "SessionEnd",
          "StopFailure",
          "SubagentStart",
          "SubagentStop",
          "PreCompact",
          "PostCompact",
          "PreModelSwitch",
          "PostModelSwitch",
          "Setup",
          "Elicitation",
          "ElicitationResult",
          "ConfigChange",
          "InstructionsLoaded",
          "FileChanged",
          "DirectoryAdded");
  private static final Set<String> WITHOUT_MATCHER =
      Set.of(
          "UserPromptSubmit",
          "PostToolBatch",
          "Stop",
          "TeammateIdle",
          "TaskCreated",
          "TaskCompleted",
          "WorktreeCreate",
          "WorktreeRemove",
          "MessageDisplay",
          "CwdChanged");
  private static final Set<String> TOOLS =
      Set.of(
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "PermissionRequest",
          "PermissionDenied");
  private static final Set<String> IGNORING_ON_FAILURE =
      Set.of("Stop", "SubagentStop", "TaskCompleted", "TeammateIdle");

  /** Those that are always there; more come with MCP servers and new versions. */
  private static final Set<String> TOOL_NAMES =
      ordered(
          "Bash",
          "Read",
          "Write",
          "Edit",
          "MultiEdit",
          "NotebookEdit",
          "Grep",
          "Glob",
          "WebFetch",
          "WebSearch",
          "Agent",
          "Task",
          "TodoWrite");

  /** All values that there are, for events whose matcher is about few. */
  private static final Map<String, Set<String>> VALUES =
      Map.ofEntries(
          entry("SessionStart", "startup", "resume", "clear", "compact", "fork"),
          entry("SessionEnd", "clear", "resume", "logout", "prompt_input_exit", "other"),
          entry("PreCompact", "manual", "auto"),
          entry("PostCompact", "manual", "auto"),
          entry("Setup", "init", "maintenance"),
          entry("PreModelSwitch", "command", "picker", "sdk"),
          entry("PostModelSwitch", "command", "picker", "sdk", "auto", "resume"),
          entry(
              "ConfigChange",
              "user_settings",
              "project_settings",
              "local_settings",
              "policy_settings",
              "skills"),
          entry(
              "InstructionsLoaded",
              "session_start",
              "nested_traversal",
              "path_glob_match",
              "include",
              "compact"));

  private HostEvents() {}

  private static Map.Entry<String, Set<String>> entry(String event, String... values) {
    return Map.entry(event, ordered(values));
  }

  private static Set<String> ordered(String... values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(values)));
  }

  /**
   * What an event's matcher is compared with: for tools the common ones, for others every value.
   * Empty where it can be anything.
   */
  static Set<String> matched(String event) {
    return isAboutTools(event) ? TOOL_NAMES : VALUES.getOrDefault(event, Set.of());
  }

  static boolean isKnown(String event) {
    return WITH_MATCHER.contains(event) || WITHOUT_MATCHER.contains(event);
  }

  /** The known event that is written a little differently; null if there is none. */
  static @Nullable String similar(String event) {
    String letters = event.replace("_", "").replace("-", "");
    for (Set<String> events : List.of(WITH_MATCHER, WITHOUT_MATCHER)) {
      for (String known : events) {
        if (known.equalsIgnoreCase(letters)) {
          return known;
        }
      }
    }
    return null;
  }

  static boolean takesMatcher(String event) {
    return !WITHOUT_MATCHER.contains(event);
  }

  /** Whether its matcher is about names of tools. */
  static boolean isAboutTools(String event) {
    return TOOLS.contains(event);
  }

  static boolean heedsOnFailure(String event) {
    return !IGNORING_ON_FAILURE.contains(event);
  }
}
