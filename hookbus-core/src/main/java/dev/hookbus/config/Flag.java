package dev.hookbus.config;

import java.util.Locale;

/**
 * Every setting that can be given from outside: as an environment variable, or as a system property
 * (lower case, dots for underscores), which wins.
 */
public enum Flag {
  /** The master switch. */
  HOOKBUS_ENABLED(
      "0", "`1`, `true` or `yes` switches HookBus on. Off: bodies run bare, no file is made."),
  /** The database file. */
  HOOKBUS_DB("$HOME/.hookbus/hookbus.db", "Path of the SQLite file, shared by every process."),
  /** The shared store. */
  HOOKBUS_STORE_URL(
      "",
      "PostgreSQL store shared by machines, such as `jdbc:postgresql://db/hookbus`; empty: none."),
  /** Payload bound. */
  HOOKBUS_MAX_BYTES("200000", "Most bytes of a payload or output that are kept; at least 256."),
  /** Payload compression. */
  HOOKBUS_COMPRESS("0", "`1` compresses stored payloads with zlib."),
  /** Payload storage. */
  HOOKBUS_STORE_RAW(
      "0", "`1` stores the redacted, bounded payload; `0` records only its size and hash."),
  /** Redaction mode. */
  HOOKBUS_REDACTION("strict", "`strict`, `lenient` (private IP addresses stay) or `disabled`."),
  /** The seeds' name for the redaction mode. */
  ZO_REDACTION_MODE("", "Read when `HOOKBUS_REDACTION` is not set."),
  /** Rollout of deduplication. */
  HOOKBUS_DEDUPE(
      "all",
      "Hooks whose keys count: `all`, `none`, or comma-separated names. The others' calls are"
          + " recorded, and each of them runs."),
  /** Time to live of completed keys. */
  HOOKBUS_DEDUPE_TTL("3600", "Seconds a completed key stays taken; a guard may choose its own."),
  /** Retention of log rows. */
  HOOKBUS_RETENTION_DAYS("7", "Days log rows are kept. Their statistics are kept 400 days."),
  /** Durability. */
  HOOKBUS_DURABILITY(
      "sync", "`sync`, `async` (queued; long-lived agents) or `power` (survives a power cut)."),
  /** Store budget. */
  HOOKBUS_BUDGET_MS(
      "250",
      "Most milliseconds one guarded call waits for a stalled store before its policy rules; with"
          + " a store URL 1000 by default."),
  /** Connection pool size. */
  HOOKBUS_POOL_SIZE("1", "Database connections of this process; above 1 a HikariCP pool is used."),
  /** Rollout by hook. */
  HOOKBUS_HOOKS("", "Comma-separated names of the hooks to guard; empty means all."),
  /** Rollout by session. */
  HOOKBUS_ROLLOUT_PERCENT(
      "100", "Percentage of sessions to guard, 0 to 100; stable for each session."),
  /** The sinks. */
  HOOKBUS_SINKS(
      "", "Comma-separated names of the sinks that get every event, such as `jsonl,http`."),
  /** Who delivers. */
  HOOKBUS_DELIVERY(
      "drain", "`drain` (a process of its own), `background` (long-lived agents) or `inline`."),
  /** The project's name. */
  HOOKBUS_PROJECT(
      "", "Name of the project in events; where it is not set, `CLAUDE_PROJECT_DIR` is."),
  /** The run. */
  CLAUDE_RUN_ID("", "The run this process belongs to; handed on to child processes."),
  /** The trace. */
  TRACEPARENT("", "W3C trace context; names the run where `CLAUDE_RUN_ID` is not set."),
  /** The session. */
  CLAUDE_SESSION_ID("unknown", "Session of calls that name none of their own."),
  /** The session as newer hosts name it. */
  CLAUDE_CODE_SESSION_ID("", "Read when `CLAUDE_SESSION_ID` is not set.");

  private final String defaultText;
  private final String description;

  Flag(String defaultText, String description) {
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The default as text, for documentation; empty means not set. */
  public String defaultText() {
    return defaultText;
  }

  /** One line of Markdown. */
  public String description() {
    return description;
  }

  /** The system property's name, such as {@code hookbus.max.bytes}. */
  public String propertyName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Where this process takes the flag from. A blank value counts as not set. */
  public Source source() {
    String property = System.getProperty(propertyName());
    String text = property == null ? System.getenv(name()) : property;
    if (text == null || text.isBlank()) {
      return Source.DEFAULT;
    }
    return property == null ? Source.ENVIRONMENT : Source.SYSTEM_PROPERTY;
  }

  /** Where a flag's value can come from. */
  public enum Source {
    /** A system property, which wins. */
    SYSTEM_PROPERTY,
    /** An environment variable. */
    ENVIRONMENT,
    /** Neither is set. */
    DEFAULT
  }
}
