package dev.hookbus.sink.chroma;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One of many processes: delivers heartbeats of workers all processes share, and progress of its
 * own, in an order of its own.
 */
final class DeliverMain {
  static final int WORKERS = 3;
  static final int HEARTBEATS = 60;
  static final int PROGRESS = 140;
  private static final int BATCH = 20;

  private DeliverMain() {}

  public static void main(String[] args) {
    int process = Integer.parseInt(args[2]);
    ChromaConfig config = ChromaConfig.at(URI.create(args[0])).prefix(args[1]).build();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < HEARTBEATS; i++) {
      // Of all processes together, no two heartbeats have the same time.
      events.add(Events.heartbeat("worker_" + i % WORKERS, i * 100 + process));
    }
    for (int i = 0; i < PROGRESS; i++) {
      events.add(Events.of(EventType.PROGRESS).msg("step " + i).build());
    }
    Collections.shuffle(events, new Random(process));
    try (ChromaSink sink = ChromaSink.to(config)) {
      List<OutboxEvent> outbox = Events.outbox(events);
      for (int from = 0; from < outbox.size(); from += BATCH) {
        List<OutboxEvent> batch = outbox.subList(from, from + BATCH);
        DeliveryReport report = sink.deliver(batch);
        for (int tries = 0; report.firstRetry() != null && tries < 5; tries++) {
          report = sink.deliver(batch);
        }
        if (report.firstRetry() != null) {
          throw new IllegalStateException(report.firstRetry().reason());
        }
      }
    }
  }
}
