package dev.hookbus.examples.pack;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PostToolUse;
import dev.hookbus.host.ToolInput;
import dev.hookbus.json.JsonMember;
import dev.hookbus.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a worker was given a task: a subagent of the host, or a worker of a conductor that
 * describes it in a field {@code task}.
 */
public final class WorkerSpawnHook {

  private static final String NAME = "worker_spawn";
  private static final int ID_DIGITS = 8;

  private WorkerSpawnHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    Telemetry.run(NAME, args, WorkerSpawnHook::event);
  }

  static @Nullable Event event(HookEvent said, EventFactory events) {
    JsonValue task = said.json().get("task");
    if (task != null && task.isObject()) {
      return events.workerSpawn(
          EventFactory.newWorkerId(),
          String.valueOf(task.text("task_id")),
          String.valueOf(task.text("description")),
          JsonData.map(task.get("config")),
          texts(task.get("tools")));
    }
    if (!(said instanceof PostToolUse call)
        || !(call.tool().typedInput() instanceof ToolInput.Agent agent)) {
      return null;
    }
    String description = agent.description() == null ? "" : agent.description();
    String id = call.toolUseId();
    return events.workerSpawn(
        workerId(call.response()),
        id == null ? "unknown" : id,
        description,
        config(agent),
        List.of());
  }

  /** What the agent was started with, but for its prompt, which belongs to the conversation. */
  private static Map<String, @Nullable Object> config(ToolInput.Agent agent) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (JsonMember member : agent.json().members()) {
      if (!member.name().equals("prompt") && !member.name().equals("description")) {
        config.put(member.name(), JsonData.of(member.value()));
      }
    }
    return config;
  }

  /** The host's own ID of the agent, so that later events of the same agent can be joined. */
  private static String workerId(@Nullable JsonValue response) {
    String agent = response == null ? null : response.text("agentId");
    if (agent == null || agent.length() < ID_DIGITS) {
      return EventFactory.newWorkerId();
    }
    for (int i = 0; i < ID_DIGITS; i++) {
      if (Character.digit(agent.charAt(i), 16) < 0) {
        return EventFactory.newWorkerId();
      }
    }
    return "worker_" + agent.substring(0, ID_DIGITS);
  }

  private static List<String> texts(@Nullable JsonValue list) {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : list == null ? List.<JsonValue>of() : list.items()) {
      texts.add(String.valueOf(JsonData.of(item)));
    }
    return texts;
  }
}
