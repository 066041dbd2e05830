package dev.hookbus.safety;

import java.util.Locale;

/** What can go wrong inside the library without the host noticing. Each has a counter. */
public enum Problem {
  /** The store could not be opened, or did not answer within the guard's budget. */
  STORE_UNAVAILABLE,
  /** A finished execution could not be written; its log row is lost. */
  RECORD_LOST,
  /** A record that waited for a shared store was dropped: too old, or too many waited. */
  RECORD_DROPPED,
  /** A body outlived its lease and another owner took the key; its outcome was not stored. */
  LEASE_LOST,
  /** A key came again with another payload. */
  KEY_REUSED,
  /** The redactor or bounder failed; the payload was dropped rather than kept unredacted. */
  PAYLOAD_DROPPED,
  /** An output could not be kept for replay: too large, not serialisable, or it held a secret. */
  OUTPUT_NOT_REPLAYABLE,
  /** A scope was closed without {@code complete}. */
  SCOPE_NOT_COMPLETED,
  /** An application's listener, meter registry or logging backend threw. */
  CALLBACK_FAILED,
  /** A sink threw, or did not answer for every event it was given; delivery is tried again. */
  SINK_FAILED,
  /** Events were dropped because the outbox grew beyond its limits. */
  EVENTS_DROPPED,
  /** An event could not be made or kept for the sinks. */
  EVENT_LOST,
  /** A background clean-up or roll-up failed; it is tried again later. */
  MAINTENANCE_FAILED,
  /** A flag had a value that could not be used; the safe default holds. */
  BAD_FLAG;

  private final String tag = name().toLowerCase(Locale.ROOT);

  /** The name used in reports and metric tags, such as {@code store_unavailable}. */
  public String tag() {
    return tag;
  }
}
