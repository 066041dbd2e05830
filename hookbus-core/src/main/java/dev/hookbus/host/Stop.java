package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent is about to stop.
 *
 * @param context what every event tells
 * @param stopHookActive whether a hook has already kept the agent from stopping
 * @param lastAssistantMessage what the agent said last
 * @param backgroundTasks what still runs, as the host writes it
 * @param sessionCrons what the session has scheduled, as the host writes it
 */
public record Stop(
    HookContext context,
    boolean stopHookActive,
    @Nullable String lastAssistantMessage,
    List<JsonValue> backgroundTasks,
    List<JsonValue> sessionCrons)
    implements HookEvent, AnsweredBy<StopAnswer> {

  /** Copies the lists. */
  public Stop {
    backgroundTasks = List.copyOf(backgroundTasks);
    sessionCrons = List.copyOf(sessionCrons);
  }
}
