package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What every event tells. All but the first three may be missing, and is {@code null} then.
 *
 * @param host who speaks
 * @param event the event's name, as Claude Code has it
 * @param json all the host said
 * @param hostEvent the event's name, as the host has it; the same but for other hosts
 * @param sessionId the session
 * @param transcriptPath the file in which the host keeps the conversation
 * @param cwd the session's working directory
 * @param promptId the prompt that led to this; missing before the first one
 * @param permissionMode how much the user has to confirm, such as {@code default} or {@code plan}
 * @param agentId the subagent this happens in
 * @param agentType the kind of that subagent
 * @param effort how hard the model thinks
 */
public record HookContext(
    AgentHost host,
    String event,
    JsonValue json,
    String hostEvent,
    @Nullable String sessionId,
    @Nullable String transcriptPath,
    @Nullable String cwd,
    @Nullable String promptId,
    @Nullable String permissionMode,
    @Nullable String agentId,
    @Nullable String agentType,
    @Nullable String effort) {

  /** Event and session; not what the host said, which may hold secrets. */
  @Override
  public String toString() {
    return "HookContext[host=" + host + ", event=" + event + ", session=" + sessionId + "]";
  }
}
