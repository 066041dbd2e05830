package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subagent is about to stop; {@link #agentId()} and {@link #agentType()} say which.
 *
 * @param context what every event tells
 * @param stopHookActive whether a hook has already kept it from stopping
 * @param agentTranscriptPath its transcript
 * @param lastAssistantMessage what it said last
 * @param backgroundTasks what still runs, as the host writes it
 * @param sessionCrons what the session has scheduled, as the host writes it
 */
public record SubagentStop(
    HookContext context,
    boolean stopHookActive,
    @Nullable String agentTranscriptPath,
    @Nullable String lastAssistantMessage,
    List<JsonValue> backgroundTasks,
    List<JsonValue> sessionCrons)
    implements HookEvent, AnsweredBy<StopAnswer> {

  /** Copies the lists. */
  public SubagentStop {
    backgroundTasks = List.copyOf(backgroundTasks);
    sessionCrons = List.copyOf(sessionCrons);
  }
}
