package dev.hookbus.sink.http;

import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.ReceiverCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes, posts, judges the answer; splits a batch the receiver objects to. */
final class DefaultHttpSink implements HttpSink {
  /** No new request is begun after this; what is left of the batch waits its turn. */
  private static final Duration DELIVERY_BUDGET = Duration.ofSeconds(20);

  private final HttpSettings settings;
  private final Encoder encoder;
  private volatile boolean closed;
  private @Nullable Transport transport;

  DefaultHttpSink(HttpSettings settings) {
    this.settings = settings;
    this.encoder = settings.encoder();
  }

  @Override
  public String name() {
    return HttpSinkProvider.NAME;
  }

  @Override
  public BatchLimits limits() {
    return settings.limits();
  }

  @Override
  public DeliveryReport deliver(List<OutboxEvent> batch) {
    if (closed) {
      return DeliveryReport.all(batch.size(), DeliveryOutcome.retry("sink is closed"));
    }
    DeliveryOutcome[] outcomes = new DeliveryOutcome[batch.size()];
    List<Part> parts = encode(batch, outcomes);
    if (!parts.isEmpty()) {
      Delivery delivery = new Delivery(transport(), outcomes);
      if (encoder.batches()) {
        delivery.send(parts);
      } else {
        delivery.sendEach(parts);
      }
    }
    return report(outcomes);
  }

  @Override
  public @Nullable ReceiverCheck check() {
    return closed ? null : new Inquiry(settings).ask(transport());
  }

  private List<Part> encode(List<OutboxEvent> batch, DeliveryOutcome[] outcomes) {
    List<Part> parts = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      OutboxEvent event = batch.get(i);
      Encoder.Encoded encoded = encoder.encode(event);
      if (encoded instanceof Encoder.Unsendable unsendable) {
        outcomes[i] = unsendable.outcome();
      } else if (encoded instanceof Encoder.Body body) {
        if (body.bytes().length > settings.maxEventBytes()) {
          outcomes[i] = DeliveryOutcome.dead("larger than " + settings.maxEventBytes() + " bytes");
        } else {
          parts.add(new Part(i, event, body.bytes()));
        }
      }
    }
    return parts;
  }

  private static DeliveryReport report(@Nullable DeliveryOutcome[] outcomes) {
    return new DeliveryReport(
        Arrays.stream(outcomes)
            .map(outcome -> outcome == null ? DeliveryOutcome.retry("not attempted") : outcome)
            .toList());
  }

  /** Only what names the failure: messages of the JDK may quote headers. */
  static String describe(IOException e) {
    return e instanceof TokenFileException
        ? String.valueOf(e.getMessage())
        : e.getClass().getSimpleName();
  }

  private Transport transport() {
    Transport current = transport;
    if (current == null) {
      current = new Transport(settings);
      transport = current;
    }
    return current;
  }

  @Override
  public void close() {
    closed = true;
    Transport current = transport;
    transport = null;
    if (current != null) {
      current.close();
    }
  }

  /** Where it posts to and in which dialect; no credentials. */
  @Override
  public String toString() {
    return "HttpSink[" + settings.profile() + ", " + settings.endpoint() + "]";
  }

  /** One event's place in the batch, and its bytes in the dialect. */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, compared never
  private record Part(int index, OutboxEvent event, byte[] bytes) {}

  /** One batch on its way. */
  private final class Delivery {
    private final Transport connection;
    private final DeliveryOutcome[] outcomes;
    private final long deadline = System.nanoTime() + DELIVERY_BUDGET.toNanos();

    Delivery(Transport connection, DeliveryOutcome[] outcomes) {
      this.connection = connection;
      this.outcomes = outcomes;
    }

    void sendEach(List<Part> parts) {
      for (Part part : parts) {
        if (!send(List.of(part))) {
          return; // what follows keeps its place behind the event that waits
        }
      }
    }

    /** Sends the parts in as few requests as the receiver accepts; false where it must stop. */
    boolean send(List<Part> parts) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      List<OutboxEvent> events = parts.stream().map(Part::event).toList();
      byte[] body = encoder.assemble(parts.stream().map(Part::bytes).toList());
      try {
        Answer answer = connection.post(events, body, encoder.contentType(), encoder.batches());
        return conclude(parts, events, answer);
      } catch (IOException e) {
        return record(parts, DeliveryOutcome.retry(describe(e)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return record(parts, DeliveryOutcome.retry("interrupted"));
      }
    }

    private boolean conclude(List<Part> parts, List<OutboxEvent> events, Answer answer) {
      String reason = "HTTP " + answer.status();
      return switch (settings.rules().judge(answer.status())) {
        case DELIVERED -> {
          List<DeliveryOutcome> answers = encoder.outcomes(events, answer);
          boolean settled = true;
          for (int i = 0; i < parts.size(); i++) {
            settled &= record(parts.subList(i, i + 1), answers.get(i));
          }
          yield settled;
        }
        case RETRY -> record(parts, new DeliveryOutcome.Retry(reason, answer.retryAfter()));
        case REFUSED -> record(parts, DeliveryOutcome.dead(reason));
        case POISON ->
            parts.size() == 1
                ? record(parts, DeliveryOutcome.dead(reason))
                : send(parts.subList(0, parts.size() / 2))
                    && send(parts.subList(parts.size() / 2, parts.size()));
      };
    }

    /** Notes the outcome of these parts; false where delivery must stop with them. */
    private boolean record(List<Part> parts, DeliveryOutcome outcome) {
      parts.forEach(part -> outcomes[part.index()] = outcome);
      return outcome.settled();
    }
  }
}
