package dev.hookbus.host;

import dev.hookbus.json.JsonValue;
import java.util.List;

/**
 * The host is about to ask the user whether a tool may be called. Claude Code does not say which
 * call it is: {@link #toolUseId()} is {@code null}.
 *
 * @param context what every event tells
 * @param tool the call
 * @param suggestions rules the user could be offered, as the host writes them
 */
public record PermissionRequest(HookContext context, ToolCall tool, List<JsonValue> suggestions)
    implements ToolEvent, AnsweredBy<PermissionRequestAnswer> {

  /** Copies the lists. */
  public PermissionRequest {
    suggestions = List.copyOf(suggestions);
  }
}
