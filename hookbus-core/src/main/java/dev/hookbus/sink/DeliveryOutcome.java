package dev.hookbus.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one event. Reasons are for people and status tables: no secrets, one line. */
public sealed interface DeliveryOutcome {

  /** Whether the sink is done with the event: it is delivered, or never will be. */
  default boolean settled() {
    return !(this instanceof Retry);
  }

  /** The event is at the receiver; a repeat it recognised counts too. */
  static DeliveryOutcome delivered() {
    return Delivered.INSTANCE;
  }

  /** Try again later, when the retry policy says so. */
  static DeliveryOutcome retry(String reason) {
    return new Retry(reason, null);
  }

  /** The receiver will never take this event. */
  static DeliveryOutcome dead(String reason) {
    return new Dead(reason);
  }

  /** The receiver has no place for events of this kind; not sent, and no dead letter. */
  static DeliveryOutcome skipped(String reason) {
    return new Skipped(reason);
  }

  /** The event is at the receiver. */
  enum Delivered implements DeliveryOutcome {
    /** The only one. */
    INSTANCE
  }

  /**
   * Try again later.
   *
   * @param reason why it did not work
   * @param retryAfter the pause the receiver asked for, or null where it did not
   */
  record Retry(String reason, @Nullable Duration retryAfter) implements DeliveryOutcome {
    /** Checks for nulls. */
    public Retry {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The receiver will never take this event.
   *
   * @param reason why not
   */
  record Dead(String reason) implements DeliveryOutcome {
    /** Checks for nulls. */
    public Dead {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The receiver has no place for events of this kind: counted, and passed over.
   *
   * @param reason why not
   */
  record Skipped(String reason) implements DeliveryOutcome {
    /** Checks for nulls. */
    public Skipped {
      requireNonNull(reason, "reason");
    }
  }
}
