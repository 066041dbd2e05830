package dev.hookbus.launch;

/** How a command reaches its program. */
public enum StartLevel {
  /** A fresh Java with tuned options. */
  PLAIN,
  /** A fresh Java that finds its classes and SQLite's library prepared. */
  PREPARED
}
