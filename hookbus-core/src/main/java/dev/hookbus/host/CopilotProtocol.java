package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Copilot CLI, which speaks in two forms: its own, in camel case and without the event's name, and
 * one made after Claude Code's. Any exit code but 0 denies a tool.
 */
final class CopilotProtocol extends HostProtocol {

  private CopilotProtocol() {
    super(AgentHost.COPILOT_CLI);
  }

  static HostProtocol create() {
    return new CopilotProtocol();
  }

  @Override
  String hostEvent(JsonValue json) {
    String name = super.hostEvent(json);
    if (!name.isEmpty()) {
      return name;
    }
    // What an event is about tells which it is.
    if (json.get("toolName") != null) {
      return json.get("toolResult") == null
          ? json.get("error") == null ? "preToolUse" : "postToolUseFailure"
          : "postToolUse";
    }
    if (json.get("prompt") != null) {
      return "userPromptSubmitted";
    }
    if (json.get("stopReason") != null) {
      return json.get("agentName") == null ? "agentStop" : "subagentStop";
    }
    if (json.get("error") != null) {
      return "errorOccurred";
    }
    return json.get("reason") != null
        ? "sessionEnd"
        : json.get("source") != null ? "sessionStart" : "";
  }

  @Override
  String event(String hostEvent) {
    return switch (hostEvent) {
      case "preToolUse" -> "PreToolUse";
      case "postToolUse" -> "PostToolUse";
      case "postToolUseFailure" -> "PostToolUseFailure";
      case "permissionRequest" -> "PermissionRequest";
      case "userPromptSubmitted" -> "UserPromptSubmit";
      case "sessionStart" -> "SessionStart";
      case "sessionEnd" -> "SessionEnd";
      case "agentStop" -> "Stop";
      case "subagentStart" -> "SubagentStart";
      case "subagentStop" -> "SubagentStop";
      case "preCompact" -> "PreCompact";
      case "notification" -> "Notification";
      default -> hostEvent;
    };
  }

  @Override
  String kind(String tool) {
    return switch (tool) {
      case "bash", "powershell" -> "Bash";
      case "view" -> "Read";
      case "create" -> "Write";
      case "edit" -> "Edit";
      case "grep" -> "Grep";
      case "glob" -> "Glob";
      case "web_fetch" -> "WebFetch";
      case "task" -> "Agent";
      default -> tool;
    };
  }

  @Override
  @Nullable JsonValue field(JsonValue json, String name) {
    JsonValue value = json.get(name);
    if (value == null) {
      value = json.get(ownName(name));
    }
    if (name.equals("tool_response") && value == null) {
      return json.get("tool_result");
    }
    return name.equals("tool_input") ? nested(value) : value;
  }

  private static String ownName(String name) {
    return switch (name) {
      case "tool_input" -> "toolArgs";
      case "tool_response" -> "toolResult";
      case "agent_type" -> "agentName";
      default -> camelCase(name);
    };
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i + 1 < name.length()) {
        i++;
        camel.append(Character.toUpperCase(name.charAt(i)));
      } else {
        camel.append(c);
      }
    }
    return camel.toString();
  }

  @Override
  HookOutput write(String event, String hostEvent, Reply reply) {
    if (event.isEmpty()) {
      return reply.refuses() ? HookOutput.block(reply.reasonOr("")) : HookOutput.SILENCE;
    }
    JsonWriter json = new JsonWriter().beginObject();
    boolean blocks = event.equals("PreToolUse") && reply.refuses();
    switch (event) {
      case "PreToolUse" -> permission(json, reply);
      case "PermissionRequest" -> behavior(json, reply);
      case "PostToolUse" -> json.field("modifiedResult", reply.json("updatedToolOutput"));
      case "Stop", "SubagentStop" -> decision(json, reply);
      default -> {
        // It takes nothing else.
      }
    }
    json.field(Reply.ADDITIONAL_CONTEXT, reply.text(Reply.ADDITIONAL_CONTEXT));
    String document = json.endObject().finish();
    return new HookOutput(
        document.equals("{}") ? "" : document,
        blocks ? reply.reasonOr("") : "",
        blocks ? EXIT_BLOCK : 0);
  }

  private static void permission(JsonWriter json, Reply reply) {
    if (!reply.decision().isEmpty()) {
      json.field(
          "permissionDecision",
          reply.refuses() ? Reply.DENY : reply.is(Reply.ALLOW) ? Reply.ALLOW : Reply.ASK);
      json.field("permissionDecisionReason", reply.reason());
      json.field("modifiedArgs", reply.refuses() ? null : reply.json(Reply.UPDATED_INPUT));
    }
  }

  private static void behavior(JsonWriter json, Reply reply) {
    if (!reply.decision().isEmpty()) {
      json.field("behavior", reply.refuses() ? Reply.DENY : Reply.ALLOW);
      json.field("message", reply.refuses() ? reply.reason() : null);
    }
  }

  private static void decision(JsonWriter json, Reply reply) {
    if (reply.is(Reply.BLOCK)) {
      json.field("decision", Reply.BLOCK).field("reason", reply.reason());
    }
  }
}
