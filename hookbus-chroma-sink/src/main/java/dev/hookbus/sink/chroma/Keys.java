package dev.hookbus.sink.chroma;

/** The keys of metadata that are written and asked for. */
final class Keys {
  static final String EVENT_ID = "event_id";

  /** When it happened, in milliseconds since 1970: the server compares numbers only. */
  static final String TS = "ts";

  /** The event's place in the outbox it came from. */
  static final String SEQ = "seq";

  static final String EVENT_TYPE = "event_type";
  static final String LEVEL = "level";
  static final String RUN_ID = "run_id";
  static final String SESSION_ID = "session_id";
  static final String WORKER_ID = "worker_id";
  static final String TASK_ID = "task_id";
  static final String TOOL_NAME = "tool_name";
  static final String TOOL_USE_ID = "tool_use_id";
  static final String HOOK_EVENT_NAME = "hook_event_name";
  static final String MSG = "msg";
  static final String HASH = "hash";
  static final String PROJECT = "project";

  private Keys() {}
}
