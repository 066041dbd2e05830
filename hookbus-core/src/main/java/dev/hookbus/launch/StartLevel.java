package dev.hookbus.launch;

/** How a command reaches its program. */
public enum StartLevel {
  /** A fresh Java with tuned options. */
  PLAIN,
  /** A fresh Java that finds its classes and SQLite's library prepared. */
  PREPARED,
  /**
   * A Java that is there already, and one as {@link #PREPARED} or {@link #PLAIN} in its absence.
   */
  RESIDENT
}
