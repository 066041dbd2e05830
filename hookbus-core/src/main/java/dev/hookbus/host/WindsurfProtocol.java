package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Windsurf, which reads no answer: all it can be told is to block, by the exit code. */
final class WindsurfProtocol extends HostProtocol {

  private static final String TOOL_INFO = "tool_info";

  private WindsurfProtocol() {
    super(AgentHost.WINDSURF);
  }

  static HostProtocol create() {
    return new WindsurfProtocol();
  }

  @Override
  String hostEvent(JsonValue json) {
    String action = json.text("agent_action_name");
    return action == null ? "" : action;
  }

  @Override
  String event(String hostEvent) {
    return switch (hostEvent) {
      case "pre_run_command", "pre_write_code", "pre_read_code", "pre_mcp_tool_use" -> "PreToolUse";
      case "post_run_command", "post_write_code", "post_read_code", "post_mcp_tool_use" ->
          "PostToolUse";
      case "pre_user_prompt" -> "UserPromptSubmit";
      default -> hostEvent;
    };
  }

  @Override
  @Nullable JsonValue field(JsonValue json, String name) {
    JsonValue info = json.get(TOOL_INFO);
    return switch (name) {
      case "session_id" -> json.get("trajectory_id");
      case "prompt_id" -> json.get("execution_id");
      case "cwd" -> info == null ? null : info.get("cwd");
      case "prompt" -> info == null ? null : info.get("user_prompt");
      case "tool_name" -> JsonValue.of(tool(hostEvent(json), info));
      case "tool_input" -> input(info);
      default -> json.get(name);
    };
  }

  private static String tool(String action, @Nullable JsonValue info) {
    if (action.endsWith("_run_command")) {
      return "Bash";
    }
    if (action.endsWith("_write_code")) {
      return "Write";
    }
    if (action.endsWith("_read_code")) {
      return "Read";
    }
    return info == null
        ? ""
        : "mcp__" + info.text("mcp_server_name") + "__" + info.text("mcp_tool_name");
  }

  private static @Nullable JsonValue input(@Nullable JsonValue info) {
    JsonValue arguments = info == null ? null : info.get("mcp_tool_arguments");
    return arguments == null ? info : arguments;
  }

  @Override
  HookOutput write(String event, String hostEvent, Reply reply) {
    boolean denies = reply.refuses() || reply.is(Reply.ASK) || reply.is(Reply.DEFER);
    return denies && (hostEvent.startsWith("pre_") || event.isEmpty())
        ? HookOutput.block(reply.reasonOr("a person has to decide this"))
        : HookOutput.SILENCE;
  }
}
