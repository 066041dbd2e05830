package dev.hookbus.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Says that the sinks are to hear of a guarded call, and holds what its log row does not say
 * otherwise. The event itself is made when it is delivered, so that a call pays for its log row
 * alone.
 *
 * @param nonce a random number that tells the event from others of the same call; the event's ID is
 *     derived from it
 * @param toolUseId the call of the tool as the host names it, or {@code null}
 * @param source where the event comes from, as {@link dev.hookbus.event.EventSource#toJson} writes
 *     it
 */
public record Announcement(long nonce, @Nullable String toolUseId, String source) {
  /** Checks for nulls. */
  public Announcement {
    requireNonNull(source, "source");
  }
}
