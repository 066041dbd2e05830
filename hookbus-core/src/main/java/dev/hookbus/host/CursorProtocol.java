package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Cursor. Its events for shell, MCP and files are tool calls of their own. */
final class CursorProtocol extends HostProtocol {

  private CursorProtocol() {
    super(AgentHost.CURSOR);
  }

  static HostProtocol create() {
    return new CursorProtocol();
  }

  @Override
  String event(String hostEvent) {
    return switch (hostEvent) {
      case "preToolUse", "beforeShellExecution", "beforeMCPExecution", "beforeReadFile" ->
          "PreToolUse";
      case "postToolUse", "afterShellExecution", "afterMCPExecution", "afterFileEdit" ->
          "PostToolUse";
      case "postToolUseFailure" -> "PostToolUseFailure";
      case "beforeSubmitPrompt" -> "UserPromptSubmit";
      case "sessionStart" -> "SessionStart";
      case "sessionEnd" -> "SessionEnd";
      case "subagentStart" -> "SubagentStart";
      case "subagentStop" -> "SubagentStop";
      case "stop" -> "Stop";
      case "preCompact" -> "PreCompact";
      default -> hostEvent;
    };
  }

  @Override
  String kind(String tool) {
    return switch (tool) {
      case "Shell" -> "Bash";
      case "Task" -> "Agent";
      default -> tool;
    };
  }

  @Override
  @Nullable JsonValue field(JsonValue json, String name) {
    JsonValue value = json.get(name);
    return switch (name) {
      case "session_id" -> value == null ? json.get("conversation_id") : value;
      case "prompt_id" -> json.get("generation_id");
      case "cwd" -> value == null || "".equals(value.asText()) ? null : value;
      case "tool_name" -> value == null ? toolOf(json) : value;
      case "tool_input" -> value == null ? json : nested(value);
      case "tool_response" ->
          nested(json.get(json.get("tool_output") == null ? "output" : "tool_output"));
      case "duration_ms" -> value == null ? json.get("duration") : value;
      case "error" -> value == null ? json.get("error_message") : value;
      case "stop_hook_active" -> repeated(json);
      default -> value;
    };
  }

  /** These events are about one tool and do not name it. */
  private @Nullable JsonValue toolOf(JsonValue json) {
    return switch (hostEvent(json)) {
      case "beforeShellExecution", "afterShellExecution" -> JsonValue.of("Shell");
      case "beforeReadFile" -> JsonValue.of("Read");
      case "afterFileEdit" -> JsonValue.of("MultiEdit");
      default -> null;
    };
  }

  /** It counts how often a hook has kept the agent going. */
  private static @Nullable JsonValue repeated(JsonValue json) {
    JsonValue count = json.get("loop_count");
    Long times = count == null ? null : count.asLong();
    return times != null && times > 0 ? JsonValue.parse("true") : null;
  }

  @Override
  HookOutput write(String event, String hostEvent, Reply reply) {
    if (event.isEmpty()) {
      return reply.refuses() ? HookOutput.block(reply.reasonOr("")) : HookOutput.SILENCE;
    }
    JsonWriter json = new JsonWriter().beginObject();
    boolean blocks =
        switch (event) {
          case "PreToolUse" -> permission(json, hostEvent, reply);
          case "UserPromptSubmit" -> prompt(json, reply);
          default -> false;
        };
    switch (event) {
      case "Stop", "SubagentStop" ->
          json.field("followup_message", reply.is(Reply.BLOCK) ? reply.reason() : null);
      case "PostToolUse", "SessionStart" ->
          json.field("additional_context", reply.text(Reply.ADDITIONAL_CONTEXT));
      default -> {
        // It takes nothing else.
      }
    }
    String document = json.endObject().finish();
    return new HookOutput(
        document.equals("{}") ? "" : document,
        blocks ? reply.reasonOr("") : "",
        blocks ? EXIT_BLOCK : 0);
  }

  private static boolean prompt(JsonWriter json, Reply reply) {
    if (reply.refuses()) {
      json.field("continue", false).field("user_message", reply.reason());
    }
    return reply.refuses();
  }

  private static boolean permission(JsonWriter json, String hostEvent, Reply reply) {
    if (reply.decision().isEmpty()) {
      return false;
    }
    boolean canAsk = hostEvent.endsWith("Execution");
    boolean asks = reply.is(Reply.ASK) || reply.is(Reply.DEFER);
    boolean denies = reply.refuses() || (asks && !canAsk);
    json.field("permission", denies ? Reply.DENY : asks ? Reply.ASK : Reply.ALLOW);
    json.field("user_message", reply.reason()).field("agent_message", reply.reason());
    if (hostEvent.equals("preToolUse") && !denies) {
      json.field("updated_input", reply.json(Reply.UPDATED_INPUT));
    }
    return denies;
  }
}
