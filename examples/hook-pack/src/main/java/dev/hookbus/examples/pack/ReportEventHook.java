package dev.hookbus.examples.pack;

import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.SessionEnd;
import dev.hookbus.host.SessionStart;
import dev.hookbus.host.ToolEvent;
import dev.hookbus.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whatever the host tells: errors as errors, begin and end as such, the rest as progress. */
public final class ReportEventHook {

  private static final String NAME = "report_event";
  private static final int PROMPT_CHARACTERS = 1000;

  private ReportEventHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    Telemetry.run(NAME, args, ReportEventHook::event);
  }

  static Event event(HookEvent said, EventFactory events) {
    JsonValue json = said.json();
    String tool = said instanceof ToolEvent call ? call.toolName() : null;
    String toolUseId = said instanceof ToolEvent call ? call.toolUseId() : null;
    String error = json.text("error");
    if (error != null) {
      return events.error(
          new ErrorDetail(
              tool == null ? said.name() : "ToolError",
              error,
              json.text("error_details"),
              tool,
              toolUseId),
          Map.of("hook_event_name", said.name()),
          false);
    }
    if (said instanceof SessionStart) {
      return SessionStartHook.event(said, events);
    }
    return said instanceof SessionEnd
        ? events.sessionEnd(said.name(), Map.of("reason", String.valueOf(json.text("reason"))))
        : events.progress(said.name(), tool, toolUseId, details(json));
  }

  private static Map<String, @Nullable Object> details(JsonValue json) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("transcript_path", json.text("transcript_path"));
    details.put("permission_mode", json.text("permission_mode"));
    details.put("notification_type", json.text("notification_type"));
    details.put("stop_hook_active", JsonData.of(json.get("stop_hook_active")));
    details.put("prompt", begin(json.text("prompt")));
    return details;
  }

  private static @Nullable String begin(@Nullable String prompt) {
    if (prompt == null || prompt.length() <= PROMPT_CHARACTERS) {
      return prompt;
    }
    boolean split = Character.isHighSurrogate(prompt.charAt(PROMPT_CHARACTERS - 1));
    return prompt.substring(0, split ? PROMPT_CHARACTERS - 1 : PROMPT_CHARACTERS);
  }
}
