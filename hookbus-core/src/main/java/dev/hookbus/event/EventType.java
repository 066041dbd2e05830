package dev.hookbus.event;

/** What an event tells. */
public enum EventType {
  /** A session of an agent host began. */
  SESSION_START("session_start"),
  /** A session ended, or the agent stopped. */
  SESSION_END("session_end"),
  /** A worker was given a task. */
  WORKER_SPAWN("worker_spawn"),
  /** A worker is alive. */
  WORKER_HEARTBEAT("worker_heartbeat"),
  /** Something moved on. */
  PROGRESS("progress"),
  /** A file was produced. */
  ARTIFACT("artifact"),
  /** Something failed. */
  ERROR("error"),
  /** A tool was called. */
  TOOL_INVOCATION("tool_invocation"),
  /** A choice was made, with its reasoning. */
  DECISION("decision"),
  /** A task is finished. */
  DONE("done"),
  /** A type this version does not know: read without complaint, never written. */
  UNKNOWN("");

  private final String wireName;

  EventType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON; empty for {@link #UNKNOWN}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The type of that name in JSON.
   *
   * @return {@link #UNKNOWN} where no type has the name
   */
  public static EventType ofWireName(String name) {
    for (EventType type : values()) {
      if (type != UNKNOWN && type.wireName.equals(name)) {
        return type;
      }
    }
    return UNKNOWN;
  }
}
