package dev.hookbus.metrics;

import java.util.Locale;

/** How a guarded call ended, in the words of the log table. */
public enum ExecutionStatus {
  /** The body ended normally. */
  SUCCESS,
  /** The body threw, timed out or was left without completion. */
  ERROR,
  /** The body was not run. */
  DEDUPE_SKIP;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The stored form: {@code success}, {@code error} or {@code dedupe_skip}. */
  public String text() {
    return text;
  }
}
