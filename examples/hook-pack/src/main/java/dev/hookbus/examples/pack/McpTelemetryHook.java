package dev.hookbus.examples.pack;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.ToolEvent;
import dev.hookbus.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells calls of MCP tools, with what they were given and what they answered. */
public final class McpTelemetryHook {

  private static final String NAME = "mcp_telemetry";

  private McpTelemetryHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    Telemetry.run(NAME, args, McpTelemetryHook::event);
  }

  static @Nullable Event event(HookEvent said, EventFactory events) {
    if (!(said instanceof ToolEvent call) || !call.toolName().startsWith("mcp_")) {
      return null;
    }
    JsonValue json = said.json();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("tool_parameters", JsonData.of(call.tool().input()));
    data.put("tool_result", JsonData.response(json.get("tool_response")));
    data.put("permission_mode", json.text("permission_mode"));
    data.put("cwd", said.cwd());
    return events.toolInvocation(said.name(), call.toolName(), call.toolUseId(), data);
  }
}
