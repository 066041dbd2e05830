package dev.hookbus.host;

import dev.hookbus.json.JsonWriter;
import java.util.Map;

/** Claude Code, whose names are ours. Not final: Codex took over its protocol. */
class ClaudeProtocol extends HostProtocol {

  /** Events that exit code 2 keeps from happening. */
  private static final String BLOCKED_BY_EXIT_CODE =
      " PreToolUse UserPromptSubmit UserPromptExpansion Stop SubagentStop TeammateIdle TaskCreated"
          + " TaskCompleted ConfigChange PostToolBatch PreCompact Elicitation ElicitationResult ";

  ClaudeProtocol(AgentHost host) {
    super(host);
  }

  static HostProtocol create() {
    return new ClaudeProtocol(AgentHost.CLAUDE_CODE);
  }

  @Override
  HookOutput write(String event, String hostEvent, Reply reply) {
    if (reply.isSilent()) {
      return HookOutput.SILENCE;
    }
    if (event.equals("WorktreeCreate")) {
      String path = reply.text("worktreePath");
      return path == null
          ? new HookOutput("", reply.reasonOr("no worktree was made"), 1)
          : new HookOutput(path, "", 0);
    }
    boolean blocks =
        reply.refuses() && (event.isEmpty() || BLOCKED_BY_EXIT_CODE.contains(" " + event + " "));
    String document = event.isEmpty() ? "" : document(event, reply);
    return new HookOutput(
        document.equals("{}") ? "" : document,
        blocks ? reply.reasonOr("") : "",
        blocks ? EXIT_BLOCK : 0);
  }

  private static String document(String event, Reply reply) {
    JsonWriter json = new JsonWriter().beginObject();
    if (reply.get(Reply.STOP_REASON) != null) {
      json.field("continue", false).field(Reply.STOP_REASON, reply.text(Reply.STOP_REASON));
    }
    json.field(Reply.SYSTEM_MESSAGE, reply.text(Reply.SYSTEM_MESSAGE));
    json.field(Reply.TERMINAL_SEQUENCE, reply.text(Reply.TERMINAL_SEQUENCE));
    // These two have no field for it: the exit code says it all.
    boolean byExitCode = event.equals("TeammateIdle") || event.equals("TaskCompleted");
    if (reply.is(Reply.BLOCK) && !byExitCode && !isElicitation(event)) {
      json.field("decision", Reply.BLOCK).field("reason", reply.reason());
    }
    specific(json, event, reply);
    return json.endObject().finish();
  }

  private static void specific(JsonWriter json, String event, Reply reply) {
    JsonWriter specific = new JsonWriter().beginObject().field("hookEventName", event);
    int empty = specific.toString().length();
    if (event.equals("PermissionRequest")) {
      permission(specific, reply);
    } else if (isElicitation(event)) {
      action(specific, reply);
    } else {
      if (!reply.decision().isEmpty() && !reply.is(Reply.BLOCK)) {
        specific.field("permissionDecision", reply.decision());
        specific.field("permissionDecisionReason", reply.reason());
      }
      fields(specific, reply);
    }
    if (specific.toString().length() > empty) {
      json.field("hookSpecificOutput", specific.endObject().toValue());
    }
  }

  private static boolean isElicitation(String event) {
    return event.equals("Elicitation") || event.equals("ElicitationResult");
  }

  private static void permission(JsonWriter specific, Reply reply) {
    if (reply.decision().isEmpty()) {
      return;
    }
    specific.name("decision").beginObject();
    specific.field("behavior", reply.refuses() ? Reply.DENY : Reply.ALLOW);
    if (reply.refuses()) {
      specific.field("message", reply.reason());
    }
    fields(specific, reply);
    specific.endObject();
  }

  private static void action(JsonWriter specific, Reply reply) {
    if (!reply.decision().isEmpty()) {
      specific.field("action", reply.refuses() ? Reply.DECLINE : reply.decision());
      fields(specific, reply);
    }
  }

  private static void fields(JsonWriter specific, Reply reply) {
    for (Map.Entry<String, Object> field : reply.fields().entrySet()) {
      String name = field.getKey();
      if (!name.equals(Reply.SYSTEM_MESSAGE)
          && !name.equals(Reply.TERMINAL_SEQUENCE)
          && !name.equals(Reply.STOP_REASON)) {
        Reply.write(specific, name, field.getValue());
      }
    }
  }
}
