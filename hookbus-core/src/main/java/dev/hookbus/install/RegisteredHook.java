package dev.hookbus.install;

import dev.hookbus.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler as it stands in settings.
 *
 * @param event the event it is registered for
 * @param matcher its group's matcher; null where there is none
 * @param json the handler
 * @param group the group it is in
 */
record RegisteredHook(String event, @Nullable String matcher, JsonValue json, JsonValue group) {

  /** {@code command}, {@code http} … */
  String type() {
    String type = json.text("type");
    return type == null ? "" : type;
  }

  /** The command; null for handlers of another type. */
  @Nullable String command() {
    return json.text("command");
  }

  /** Whether it matches everything. */
  boolean matchesAll() {
    return matcher == null || matcher.isEmpty() || matcher.equals("*");
  }

  /** Whether the host starts the same thing for both at the same moment. */
  boolean isCopyOf(RegisteredHook other) {
    return event.equals(other.event)
        && (matchesAll() || other.matchesAll() || Objects.equals(matcher, other.matcher))
        && started().equals(other.started());
  }

  /** What is started, whatever its circumstances. */
  private String started() {
    return type() + json.get("command") + json.get("args") + json.get("url") + json.get("prompt");
  }

  /** Seconds; null where none are set. */
  @Nullable Double timeout() {
    JsonValue timeout = json.get("timeout");
    return timeout == null ? null : timeout.asDouble();
  }

  boolean blocksOnFailure() {
    return "block".equals(json.text("onFailure"));
  }

  boolean runsAside() {
    JsonValue async = json.get("async");
    return async != null && Boolean.TRUE.equals(async.asBoolean());
  }
}
