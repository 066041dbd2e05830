package dev.hookbus.install;

import java.util.List;
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
  private static final Set<String> GATES =
      Set.of("PreToolUse", "PermissionRequest", "UserPromptSubmit", "Elicitation");
  private static final Set<String> IGNORING_ON_FAILURE =
      Set.of("Stop", "SubagentStop", "TaskCompleted", "TeammateIdle");

  private HostEvents() {}

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

  /** Whether a hook may say no to what is about to happen. */
  static boolean isGate(String event) {
    return GATES.contains(event);
  }

  static boolean heedsOnFailure(String event) {
    return !IGNORING_ON_FAILURE.contains(event);
  }
}
