package dev.hookbus.sink.chroma;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventFormatException;
import dev.hookbus.event.EventJson;
import dev.hookbus.payload.Redactor;
import dev.hookbus.safety.Attempt;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way: which records its events became, and what has become of each. An event is
 * delivered when all its records are; it is dead when one of them is and none has to be retried.
 */
final class Shipment {
  /**
   * A record, and the event it was made of.
   *
   * @param event the event's place in the batch
   */
  record Item(int event, ChromaRecord record) {}

  private final @Nullable DeliveryOutcome[] outcomes;
  private final int[] unsettled;
  private final Map<ChromaCollection, List<Item>> items = new EnumMap<>(ChromaCollection.class);
  private int end;
  private DeliveryOutcome beyondEnd = DeliveryOutcome.retry("not attempted");

  Shipment(Redactor redactor, Partitioner partitioner, List<OutboxEvent> batch) {
    outcomes = new DeliveryOutcome[batch.size()];
    unsettled = new int[batch.size()];
    end = batch.size();
    for (int i = 0; i < batch.size(); i++) {
      load(i, redactor, partitioner, batch.get(i));
    }
  }

  private void load(int index, Redactor redactor, Partitioner partitioner, OutboxEvent event) {
    Attempt<String> redacted = Attempt.shield(() -> redactor.redact(event.json()));
    if (redacted.error() != null) {
      outcomes[index] = DeliveryOutcome.dead("redaction failed, so nothing is sent");
      return;
    }
    Event read;
    try {
      read = EventJson.read(redacted.value());
    } catch (EventFormatException e) {
      outcomes[index] = DeliveryOutcome.dead("not an event envelope: " + e.getMessage());
      return;
    }
    partitioner
        .partition(event, redacted.value(), read)
        .forEach(
            (collection, records) -> {
              unsettled[index] += records.size();
              List<Item> list = items.computeIfAbsent(collection, c -> new ArrayList<>());
              records.forEach(record -> list.add(new Item(index, record)));
            });
  }

  /** The records for that collection, oldest first, of events before the end. */
  List<Item> items(ChromaCollection collection) {
    return items.getOrDefault(collection, List.of()).stream()
        .filter(item -> item.event() < end)
        .toList();
  }

  /** Delivery is in order: nothing of this event, and of those behind it, is sent this time. */
  void endBefore(int event, DeliveryOutcome.Retry reason) {
    if (event < end) {
      end = event;
      beyondEnd = reason;
    }
  }

  /** Nothing more is sent. */
  void stop(String reason) {
    beyondEnd = DeliveryOutcome.retry(reason);
    for (int i = 0; i < outcomes.length; i++) {
      if (unsettled[i] > 0 && !(outcomes[i] instanceof DeliveryOutcome.Retry)) {
        outcomes[i] = beyondEnd;
      }
    }
  }

  /** Notes what became of these records. */
  void settle(List<Item> settled, DeliveryOutcome outcome) {
    for (Item item : settled) {
      DeliveryOutcome before = outcomes[item.event()];
      if (outcome.settled()) {
        unsettled[item.event()]--;
      }
      if (before == null || gravity(outcome) > gravity(before)) {
        outcomes[item.event()] = outcome;
      }
    }
  }

  /** A retry outweighs all, or an event would be lost of which a part is still to come. */
  private static int gravity(DeliveryOutcome outcome) {
    return !outcome.settled() ? 2 : outcome instanceof DeliveryOutcome.Dead ? 1 : 0;
  }

  DeliveryReport report() {
    for (int i = 0; i < outcomes.length; i++) {
      DeliveryOutcome outcome = outcomes[i];
      if (i >= end && unsettled[i] > 0) {
        outcomes[i] = beyondEnd;
      } else if (unsettled[i] > 0 && (outcome == null || outcome.settled())) {
        outcomes[i] = DeliveryOutcome.retry("not attempted");
      }
    }
    return new DeliveryReport(
        Arrays.stream(outcomes)
            .map(outcome -> outcome == null ? DeliveryOutcome.delivered() : outcome)
            .toList());
  }
}
