package dev.hookbus.examples.pack;

import dev.hookbus.HookBus;
import dev.hookbus.config.HookBusConfig;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.SessionStart;
import dev.hookbus.host.SessionStartAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Tells that a session begins, names its run to the agent and to everything the agent starts. */
public final class SessionStartHook {

  private static final String NAME = "session_start";
  private static final String VERSION_PREFIX = "claude-code_";

  private SessionStartHook() {}

  /** Runs the hook; takes what {@link HookMain#arguments} takes. */
  public static void main(String[] args) {
    HookBus bus = HookBus.fromEnvironment();
    HookMain.named(NAME).arguments(args).deadline(Telemetry.DEADLINE).bus(bus).run(handler(bus));
  }

  static HookHandler handler(HookBus bus) {
    return HookHandler.on(
        SessionStart.class,
        start -> {
          Event event = event(start, bus.events(start.sessionId()));
          bus.emit(event);
          handOn(event.runId(), HookBusConfig.variable("CLAUDE_ENV_FILE"));
          return SessionStartAnswer.context(
              "[session] run_id=" + event.runId() + destination(setting("ZO_EVENT_ENDPOINT")));
        });
  }

  static Event event(HookEvent start, EventFactory events) {
    String told = start.json().text("claude_version");
    return events.sessionStart(
        setting("USER"), told == null ? version(setting("AI_AGENT")) : told, start.cwd());
  }

  /** The commands of the agent's shell get the run from the file that the host reads for it. */
  private static void handOn(String runId, @Nullable String file) throws IOException {
    if (file != null && !file.isBlank()) {
      Files.writeString(
          Path.of(file),
          "export CLAUDE_RUN_ID=" + runId + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private static String destination(@Nullable String endpoint) {
    if (endpoint == null) {
      return "";
    }
    // An address may carry a name and password before its host.
    int host = endpoint.indexOf("://") + 3;
    int at = endpoint.lastIndexOf('@');
    return "\nEvents -> "
        + (at < host ? endpoint : endpoint.substring(0, host) + endpoint.substring(at + 1));
  }

  /** {@code claude-code_2-1-329_harness} is 2.1.329. */
  private static @Nullable String version(@Nullable String agent) {
    if (agent == null || !agent.startsWith(VERSION_PREFIX)) {
      return null;
    }
    int end = agent.indexOf('_', VERSION_PREFIX.length());
    return agent
        .substring(VERSION_PREFIX.length(), end < 0 ? agent.length() : end)
        .replace('-', '.');
  }

  private static @Nullable String setting(String name) {
    String value = HookBusConfig.variable(name);
    return value == null || value.isBlank() ? null : value;
  }
}
