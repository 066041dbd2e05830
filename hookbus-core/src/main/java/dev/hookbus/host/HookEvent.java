package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a host tells its hook: one record per event, under the names Claude Code gives them.
 *
 * <pre>{@code
 * static String describe(HookEvent event) {
 *   return event instanceof ToolEvent call ? call.toolName() : event.name();
 * }
 * }</pre>
 *
 * <p>Hosts leave out what they don't know, and every version sends more: what may be missing is
 * {@code null}, an unknown event is an {@link OtherEvent}, and unknown fields are in {@link
 * #json()}.
 */
public sealed interface HookEvent
    permits ToolEvent,
        PostToolBatch,
        Notification,
        UserPromptSubmit,
        UserPromptExpansion,
        SessionStart,
        SessionEnd,
        Stop,
        SubagentStart,
        SubagentStop,
        StopFailure,
        PreCompact,
        PostCompact,
        PreModelSwitch,
        PostModelSwitch,
        Setup,
        TeammateIdle,
        TaskCreated,
        TaskCompleted,
        Elicitation,
        ElicitationResult,
        ConfigChange,
        InstructionsLoaded,
        CwdChanged,
        FileChanged,
        DirectoryAdded,
        WorktreeCreate,
        WorktreeRemove,
        MessageDisplay,
        OtherEvent {

  /**
   * Reads an event.
   *
   * @param json what the host wrote to the hook's standard input
   * @throws IllegalArgumentException if it is no JSON object
   */
  static HookEvent read(AgentHost host, byte[] json) {
    return HostProtocol.of(host).read(json, null);
  }

  /**
   * Whether an event comes before something that a hook may refuse, so that a hook that {@linkplain
   * HookMain#failClosed fails closed} refuses it when it can't answer.
   *
   * @param name the event's name, such as {@code PreToolUse}
   */
  static boolean isGate(String name) {
    return switch (name) {
      case "PreToolUse",
          "PermissionRequest",
          "UserPromptSubmit",
          "UserPromptExpansion",
          "Elicitation",
          "ElicitationResult",
          "PreModelSwitch" ->
          true;
      default -> false;
    };
  }

  /** What every event tells. */
  HookContext context();

  /** The event's name, such as {@code PreToolUse}: Claude Code's, whatever the host calls it. */
  default String name() {
    return context().event();
  }

  /** All the host said, with fields that have no accessor. */
  default JsonValue json() {
    return context().json();
  }

  /** The host's session; {@code null} if it names none. */
  default @Nullable String sessionId() {
    return context().sessionId();
  }

  /** The session's working directory; {@code null} if the host names none. */
  default @Nullable String cwd() {
    return context().cwd();
  }

  /** The subagent this happens in; {@code null} in the main agent. */
  default @Nullable String agentId() {
    return context().agentId();
  }

  /** The kind of that subagent, or of the main agent if it has one. */
  default @Nullable String agentType() {
    return context().agentType();
  }
}
