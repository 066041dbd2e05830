package dev.hookbus.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver said when it was asked whether it would take events; it was given none.
 *
 * @param state how it stands
 * @param receiver where it is, without credentials
 * @param detail what was seen, such as {@code HTTP 401}; empty where there is nothing to say
 * @param roundTrip how long asking took; null where no network is between
 * @param clockOffset how far the receiver's clock is ahead of this machine's, negative if it is
 *     behind, to about a second; null where it did not tell
 */
public record ReceiverCheck(
    State state,
    String receiver,
    String detail,
    @Nullable Duration roundTrip,
    @Nullable Duration clockOffset) {

  /** How a receiver stands. */
  public enum State {
    /** It would take events. */
    READY,
    /** It does not accept the credentials, or wants some. */
    UNAUTHORIZED,
    /** Somebody answers, but takes no events at this address. */
    MISPLACED,
    /** It answers that it can't work now. */
    UNWELL,
    /** Nobody answers. */
    AWAY
  }

  /** Checks for nulls. */
  public ReceiverCheck {
    requireNonNull(state, "state");
    requireNonNull(receiver, "receiver");
    requireNonNull(detail, "detail");
  }
}
