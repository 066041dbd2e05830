package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Gemini CLI. */
final class GeminiProtocol extends HostProtocol {

  private GeminiProtocol() {
    super(AgentHost.GEMINI_CLI);
  }

  static HostProtocol create() {
    return new GeminiProtocol();
  }

  @Override
  String event(String hostEvent) {
    return switch (hostEvent) {
      case "BeforeTool" -> "PreToolUse";
      case "AfterTool" -> "PostToolUse";
      case "BeforeAgent" -> "UserPromptSubmit";
      case "AfterAgent" -> "Stop";
      case "PreCompress" -> "PreCompact";
      default -> hostEvent;
    };
  }

  @Override
  String kind(String tool) {
    return switch (tool) {
      case "run_shell_command" -> "Bash";
      case "read_file" -> "Read";
      case "write_file" -> "Write";
      case "replace" -> "Edit";
      case "grep_search", "search_file_content" -> "Grep";
      case "glob" -> "Glob";
      case "google_web_search" -> "WebSearch";
      case "write_todos" -> "TodoWrite";
      default -> tool;
    };
  }

  @Override
  @Nullable JsonValue field(JsonValue json, String name) {
    return json.get(name.equals("last_assistant_message") ? "prompt_response" : name);
  }

  @Override
  HookOutput write(String event, String hostEvent, Reply reply) {
    // It can't ask; what a person should decide must not run.
    boolean denies = reply.refuses() || reply.is(Reply.ASK) || reply.is(Reply.DEFER);
    String reason = reply.reasonOr("a person has to decide this");
    if (event.isEmpty()) {
      return denies ? HookOutput.block(reason) : HookOutput.SILENCE;
    }
    JsonWriter json = new JsonWriter().beginObject();
    if (reply.get(Reply.STOP_REASON) != null) {
      json.field("continue", false).field(Reply.STOP_REASON, reply.text(Reply.STOP_REASON));
    }
    json.field(Reply.SYSTEM_MESSAGE, reply.text(Reply.SYSTEM_MESSAGE));
    if (denies) {
      json.field("decision", Reply.DENY).field("reason", reason);
    } else if (reply.is(Reply.ALLOW)) {
      json.field("decision", Reply.ALLOW).field("reason", reply.reason());
    }
    JsonValue input = denies ? null : reply.json(Reply.UPDATED_INPUT);
    String context = reply.text(Reply.ADDITIONAL_CONTEXT);
    if (input != null || context != null) {
      json.name("hookSpecificOutput").beginObject().field("hookEventName", hostEvent);
      json.field("tool_input", input).field(Reply.ADDITIONAL_CONTEXT, context).endObject();
    }
    String document = json.endObject().finish();
    boolean blocks = denies && (event.equals("PreToolUse") || event.equals("UserPromptSubmit"));
    return new HookOutput(
        document.equals("{}") ? "" : document, blocks ? reason : "", blocks ? EXIT_BLOCK : 0);
  }
}
