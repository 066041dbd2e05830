package dev.hookbus.host;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How one host speaks. Reading is lenient and shared: a host says how its names translate into
 * those of Claude Code. Writing is strict and each host's own, because hosts drop what they don't
 * expect, verdict and all.
 */
abstract class HostProtocol {

  /** Tells a process that it shall block, whatever stands on standard output. */
  static final int EXIT_BLOCK = 2;

  private final AgentHost host;

  HostProtocol(AgentHost host) {
    this.host = host;
  }

  /** Of the protocols only the one asked for is loaded: each makes itself. */
  static HostProtocol of(AgentHost host) {
    if (host == AgentHost.CLAUDE_CODE) {
      return ClaudeProtocol.create();
    }
    if (host == AgentHost.CODEX) {
      return CodexProtocol.create();
    }
    if (host == AgentHost.CURSOR) {
      return CursorProtocol.create();
    }
    if (host == AgentHost.GEMINI_CLI) {
      return GeminiProtocol.create();
    }
    return host == AgentHost.COPILOT_CLI ? CopilotProtocol.create() : WindsurfProtocol.create();
  }

  AgentHost host() {
    return host;
  }

  /**
   * Reads an event.
   *
   * @param eventName the event, for hosts that do not name it; {@code null} to look into the text
   * @throws JsonException if it is no JSON
   * @throws HookFailure if it is no object
   */
  HookEvent read(byte[] utf8, @Nullable String eventName) {
    JsonValue json = JsonValue.parse(utf8);
    if (!json.isObject()) {
      throw new HookFailure("the input is no JSON object");
    }
    return new EventReader(this, json, eventName == null ? hostEvent(json) : eventName).read();
  }

  /** The event as the host names it; empty if it does not. */
  String hostEvent(JsonValue json) {
    String name = json.text("hook_event_name");
    return name == null ? "" : name;
  }

  /** Claude Code's name of an event; the same name if it has none. */
  String event(String hostEvent) {
    return hostEvent;
  }

  /** Claude Code's name of a tool; the same name if it has none. */
  String kind(String tool) {
    return tool;
  }

  /** The field Claude Code gives this name. */
  @Nullable JsonValue field(JsonValue json, String name) {
    return json.get(name);
  }

  /** Some hosts put JSON into a string; this takes it out, if it is any. */
  static @Nullable JsonValue nested(@Nullable JsonValue value) {
    String text = value == null ? null : value.asText();
    if (text == null || !(text.startsWith("{") || text.startsWith("["))) {
      return value;
    }
    try {
      return JsonValue.parse(text);
    } catch (JsonException e) {
      return value;
    }
  }

  /** Writes a reply so that this host can't misunderstand it. */
  abstract HookOutput write(String event, String hostEvent, Reply reply);
}
