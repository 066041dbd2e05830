package dev.hookbus.config;

/** Who carries events from the outbox to the sinks. */
public enum DeliveryMode {
  /**
   * A process of its own, one for each machine: started by a hook that leaves something behind,
   * ended when nothing is left. The hook pays no network. The default.
   */
  DRAIN,
  /** Daemon threads of this process; for agents that live long. */
  BACKGROUND,
  /** The closing bus, for at most two seconds; for tests and tiny set-ups. */
  INLINE
}
