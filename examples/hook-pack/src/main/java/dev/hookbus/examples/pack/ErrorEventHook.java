package dev.hookbus.examples.pack;

import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.PostToolUseFailure;
import dev.hookbus.host.StopFailure;
import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Tells failures: of a tool, of a turn, or one that a program describes in its own fields. */
public final class ErrorEventHook {

  private static final String NAME = "error_event";
  private static final String TOOL_ERROR = "ToolError";

  private ErrorEventHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    Telemetry.run(NAME, args, ErrorEventHook::event);
  }

  static @Nullable Event event(HookEvent said, EventFactory events) {
    JsonValue json = said.json();
    ErrorDetail detail = detail(said, json);
    if (detail == null) {
      return null;
    }
    JsonValue recovery = json.get("recovery_attempted");
    return events.error(
        detail,
        JsonData.map(json.get("context")),
        recovery != null && Boolean.TRUE.equals(recovery.asBoolean()));
  }

  private static @Nullable ErrorDetail detail(HookEvent said, JsonValue json) {
    String message = json.text("error_message");
    if (message != null && json.text("failure_type") == null) {
      String type = json.text("error_type");
      return new ErrorDetail(
          type == null ? TOOL_ERROR : type,
          message,
          json.text("stack_trace"),
          json.text("tool_name"),
          json.text("tool_use_id"));
    }
    if (said instanceof PostToolUseFailure failure) {
      String error = failure.error();
      return new ErrorDetail(
          TOOL_ERROR, error == null ? "" : error, null, failure.toolName(), failure.toolUseId());
    }
    if (said instanceof StopFailure) {
      String error = json.text("error");
      return new ErrorDetail(
          "StopFailure", error == null ? "unknown" : error, json.text("error_details"), null, null);
    }
    return null;
  }
}
