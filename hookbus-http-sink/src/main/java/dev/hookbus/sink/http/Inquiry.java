package dev.hookbus.sink.http;

import dev.hookbus.sink.ReceiverCheck;
import dev.hookbus.sink.ReceiverCheck.State;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks a receiver how it stands, by the very way that events would take. */
final class Inquiry {

  /** What is left out of an HTTP date: on average half a second. */
  private static final Duration ROUNDED_OFF = Duration.ofMillis(500);

  private final HttpSettings settings;

  Inquiry(HttpSettings settings) {
    this.settings = settings;
  }

  ReceiverCheck ask(Transport transport) {
    Encoder encoder = settings.encoder();
    Instant asked = settings.clock().instant();
    long started = System.nanoTime();
    try {
      Answer answer = transport.ask(encoder.withoutEvents(), encoder.contentType());
      Duration roundTrip = Duration.ofNanos(System.nanoTime() - started);
      return new ReceiverCheck(
          judge(answer.status()),
          receiver(),
          "HTTP " + answer.status(),
          roundTrip,
          offset(answer.date(), asked.plus(roundTrip.dividedBy(2))));
    } catch (IOException e) {
      return away(DefaultHttpSink.describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return away("interrupted");
    }
  }

  /** A receiver that objects to the body has let the credentials pass. */
  private static State judge(int status) {
    return switch (status) {
      case 400, 409, 413, 415, 422 -> State.READY;
      case 401, 403, 407 -> State.UNAUTHORIZED;
      case 408, 425, 429 -> State.UNWELL;
      default ->
          switch (status / 100) {
            case 2 -> State.READY;
            case 3, 4 -> State.MISPLACED;
            default -> State.UNWELL;
          };
    };
  }

  private static @Nullable Duration offset(@Nullable Instant theirs, Instant ours) {
    return theirs == null ? null : Duration.between(ours, theirs.plus(ROUNDED_OFF));
  }

  private ReceiverCheck away(String detail) {
    return new ReceiverCheck(State.AWAY, receiver(), detail, null, null);
  }

  /** The address without user, password and query, in which keys are put sometimes. */
  private String receiver() {
    URI address = settings.endpoint();
    return address.getScheme()
        + "://"
        + address.getHost()
        + (address.getPort() < 0 ? "" : ":" + address.getPort())
        + (address.getRawPath() == null ? "" : address.getRawPath());
  }
}
