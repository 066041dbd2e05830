package dev.hookbus.sink;

/** Why a drainer ended. */
public enum DrainOutcome {
  /** Everything is delivered, dead or counted. */
  IDLE,
  /** What is left waits for a receiver that is away; a later drainer goes on. */
  WAITING,
  /** Another process is at work on this machine: its drainer, or one that delivers for itself. */
  BUSY,
  /** The store cannot be used. */
  STORE_UNAVAILABLE,
  /** The dispatcher was closed or its thread interrupted. */
  CLOSED
}
