package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an event of what a host said, taking what it understands. */
final class EventReader {

  private final HostProtocol protocol;
  private final JsonValue json;
  private final HookContext context;

  EventReader(HostProtocol protocol, JsonValue json, String hostEvent) {
    this.protocol = protocol;
    this.json = json;
    JsonValue effort = field("effort");
    this.context =
        new HookContext(
            protocol.host(),
            protocol.event(hostEvent),
            json,
            hostEvent,
            text("session_id"),
            text("transcript_path"),
            text("cwd"),
            text("prompt_id"),
            text("permission_mode"),
            text("agent_id"),
            text("agent_type"),
            effort == null ? null : effort.text("level"));
  }

  HookEvent read() {
    return switch (context.event()) {
      case "PreToolUse" -> new PreToolUse(context, tool());
      case "PostToolUse" ->
          new PostToolUse(context, tool(), field("tool_response"), number("duration_ms"));
      case "PostToolUseFailure" ->
          new PostToolUseFailure(
              context, tool(), text("error"), flag("is_interrupt"), number("duration_ms"));
      case "PostToolBatch" -> new PostToolBatch(context, calls());
      case "PermissionRequest" ->
          new PermissionRequest(context, tool(), list("permission_suggestions"));
      case "PermissionDenied" -> new PermissionDenied(context, tool(), text("reason"));
      case "UserPromptSubmit" ->
          new UserPromptSubmit(context, prompt(), text("source"), text("session_title"));
      case "UserPromptExpansion" ->
          new UserPromptExpansion(
              context,
              prompt(),
              text("expansion_type"),
              text("command_name"),
              text("command_args"),
              text("command_source"));
      case "SessionStart" -> sessionStart();
      case "SessionEnd" -> new SessionEnd(context, text("reason"));
      case "Stop" ->
          new Stop(
              context,
              flag("stop_hook_active"),
              text("last_assistant_message"),
              list("background_tasks"),
              list("session_crons"));
      case "SubagentStart" -> new SubagentStart(context);
      case "SubagentStop" ->
          new SubagentStop(
              context,
              flag("stop_hook_active"),
              text("agent_transcript_path"),
              text("last_assistant_message"),
              list("background_tasks"),
              list("session_crons"));
      case "StopFailure" ->
          new StopFailure(
              context, text("error"), text("error_details"), text("last_assistant_message"));
      case "Notification" ->
          new Notification(context, text("message"), text("title"), text("notification_type"));
      case "MessageDisplay" ->
          new MessageDisplay(
              context,
              text("turn_id"),
              text("message_id"),
              number("index"),
              flag("final"),
              text("delta"));
      default -> rarer();
    };
  }

  private HookEvent rarer() {
    return switch (context.event()) {
      case "PreCompact" -> new PreCompact(context, text("trigger"), text("custom_instructions"));
      case "PostCompact" -> new PostCompact(context, text("trigger"), text("compact_summary"));
      case "PreModelSwitch" ->
          new PreModelSwitch(
              context,
              text("from_model"),
              text("to_model"),
              text("requested_model"),
              text("source"),
              number("context_tokens"),
              maybe("prompt_cache_warm"),
              text("cache_ttl"),
              decimal("estimated_cache_write_usd"),
              text("pricing"));
      case "PostModelSwitch" ->
          new PostModelSwitch(
              context,
              text("from_model"),
              text("to_model"),
              text("requested_model"),
              text("source"),
              number("context_tokens"),
              maybe("prompt_cache_warm"),
              text("cache_ttl"),
              decimal("estimated_cache_write_usd"),
              text("pricing"));
      case "Setup" -> new Setup(context, text("trigger"));
      case "TeammateIdle" -> new TeammateIdle(context, text("teammate_name"), text("team_name"));
      case "TaskCreated" ->
          new TaskCreated(
              context,
              text("task_id"),
              text("task_subject"),
              text("task_description"),
              text("teammate_name"),
              text("team_name"));
      case "TaskCompleted" ->
          new TaskCompleted(
              context,
              text("task_id"),
              text("task_subject"),
              text("task_description"),
              text("teammate_name"),
              text("team_name"));
      case "Elicitation" ->
          new Elicitation(
              context,
              text("mcp_server_name"),
              text("message"),
              text("mode"),
              text("url"),
              text("elicitation_id"),
              field("requested_schema"));
      case "ElicitationResult" ->
          new ElicitationResult(
              context,
              text("mcp_server_name"),
              text("elicitation_id"),
              text("mode"),
              text("action"),
              field("content"));
      case "ConfigChange" -> new ConfigChange(context, text("source"), text("file_path"));
      case "InstructionsLoaded" ->
          new InstructionsLoaded(
              context,
              text("file_path"),
              text("memory_type"),
              text("load_reason"),
              texts("globs"),
              text("trigger_file_path"),
              text("parent_file_path"));
      case "CwdChanged" -> new CwdChanged(context, text("old_cwd"), text("new_cwd"));
      case "FileChanged" -> new FileChanged(context, text("file_path"), text("event"));
      case "DirectoryAdded" -> new DirectoryAdded(context, text("directory"), text("source"));
      case "WorktreeCreate" -> new WorktreeCreate(context, text("name"));
      case "WorktreeRemove" -> new WorktreeRemove(context, text("worktree_path"));
      default -> other();
    };
  }

  /** An interface here saves loading all the classes above, to check that each is a Record. */
  private HookEvent other() {
    return new OtherEvent(context);
  }

  private SessionStart sessionStart() {
    return new SessionStart(
        context,
        text("source"),
        text("model"),
        text("session_title"),
        number("seconds_since_last_response"),
        number("context_tokens"),
        maybe("prompt_cache_likely_expired"),
        decimal("estimated_cache_write_usd"));
  }

  private ToolCall tool() {
    return call(this.json, null);
  }

  private List<ToolCall> calls() {
    List<ToolCall> calls = new ArrayList<>();
    for (JsonValue call : list("tool_calls")) {
      calls.add(call(call, call.get("tool_response")));
    }
    return calls;
  }

  private ToolCall call(JsonValue from, @Nullable JsonValue response) {
    String name = orEmpty(textOf(protocol.field(from, "tool_name")));
    JsonValue input = protocol.field(from, "tool_input");
    JsonValue server = protocol.field(from, "mcp_server");
    String serverName = server == null ? null : server.text("name");
    return new ToolCall(
        name,
        protocol.kind(name),
        input == null ? JsonValue.parse("{}") : input,
        textOf(protocol.field(from, "tool_use_id")),
        response,
        server == null || serverName == null
            ? null
            : new McpServer(serverName, server.text("source")));
  }

  private String prompt() {
    return orEmpty(text("prompt"));
  }

  private @Nullable JsonValue field(String name) {
    JsonValue value = protocol.field(json, name);
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable String text(String name) {
    return textOf(protocol.field(json, name));
  }

  private static @Nullable String textOf(@Nullable JsonValue value) {
    return value == null ? null : value.asText();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Hosts differ in whether durations are whole. */
  private @Nullable Long number(String name) {
    Double value = decimal(name);
    return value == null ? null : Long.valueOf(Math.round(value));
  }

  private @Nullable Double decimal(String name) {
    JsonValue value = field(name);
    return value == null ? null : value.asDouble();
  }

  private @Nullable Boolean maybe(String name) {
    JsonValue value = field(name);
    return value == null ? null : value.asBoolean();
  }

  private boolean flag(String name) {
    return Boolean.TRUE.equals(maybe(name));
  }

  private List<JsonValue> list(String name) {
    JsonValue value = field(name);
    return value == null ? List.of() : value.items();
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : list(name)) {
      String text = item.asText();
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }
}
