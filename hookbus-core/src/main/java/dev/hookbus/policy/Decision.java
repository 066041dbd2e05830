package dev.hookbus.policy;

/** What may become of an action, the weakest first. */
public enum Decision {
  /** Nothing is said against it. */
  ALLOW,
  /** It may go on, and the agent is told something. */
  HINT,
  /** A person decides. */
  ASK,
  /** It must not happen. */
  DENY
}
