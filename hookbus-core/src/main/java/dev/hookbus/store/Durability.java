package dev.hookbus.store;

/** When a record is safe, and from what. */
public enum Durability {
  /**
   * Committed on the caller's thread before the guard returns; survives the death of the process.
   * The default.
   */
  SYNC,
  /**
   * Queued, and committed in groups by one writer thread; the queue is lost if the process is
   * killed. For long-lived agents. Claims are still committed at once.
   */
  ASYNC,
  /** As {@link #SYNC}, and flushed to the disk at every commit; survives a power cut too. */
  POWER
}
