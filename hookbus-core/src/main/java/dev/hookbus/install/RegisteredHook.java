package dev.hookbus.install;

import dev.hookbus.json.JsonValue;
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
