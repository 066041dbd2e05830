package dev.hookbus;

/** Why a body was not run. */
public enum SkipReason {
  /** The work was done before, and within its time to live. */
  DUPLICATE,
  /** Somebody is doing the work right now. */
  IN_PROGRESS,
  /** The key was used before with another payload: two different pieces of work share a name. */
  KEY_REUSED,
  /** Nobody can say whether the work was done, and the guard fails closed. */
  STORE_UNAVAILABLE
}
