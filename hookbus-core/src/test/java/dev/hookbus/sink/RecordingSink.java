package dev.hookbus.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A receiver in memory that answers as told. */
public final class RecordingSink implements Sink {
  private final String name;
  private final int maxEvents;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile Function<OutboxEvent, DeliveryOutcome> script =
      event -> DeliveryOutcome.delivered();
  private volatile boolean closed;

  public RecordingSink(String name) {
    this(name, 10);
  }

  RecordingSink(String name, int maxEvents) {
    this.name = name;
    this.maxEvents = maxEvents;
  }

  /** How to answer for each event; may throw. */
  void answer(Function<OutboxEvent, DeliveryOutcome> newScript) {
    script = newScript;
  }

  void answer(DeliveryOutcome outcome) {
    script = event -> outcome;
  }

  /** The IDs that arrived, repeats included. */
  public List<String> received() {
    return received;
  }

  int attempts() {
    return attempts.get();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public BatchLimits limits() {
    return new BatchLimits(maxEvents, 1_000_000);
  }

  @Override
  public DeliveryReport deliver(List<OutboxEvent> batch) {
    attempts.incrementAndGet();
    List<DeliveryOutcome> outcomes = new ArrayList<>();
    for (OutboxEvent event : batch) {
      DeliveryOutcome outcome = script.apply(event);
      outcomes.add(outcome);
      if (outcome instanceof DeliveryOutcome.Delivered) {
        received.add(event.eventId());
      }
      if (!outcome.settled()) {
        return DeliveryReport.stoppedAfter(outcomes, batch.size());
      }
    }
    return new DeliveryReport(outcomes);
  }

  @Override
  public void close() {
    closed = true;
  }
}
