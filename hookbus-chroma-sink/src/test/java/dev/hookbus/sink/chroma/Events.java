package dev.hookbus.sink.chroma;

import dev.hookbus.event.ArtifactRef;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventBuilder;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventSource;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.OutboxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Events for tests. */
final class Events {
  static final Instant START = Instant.parse("2026-01-29T10:00:00Z");
  static final String SESSION = "sess_7QK2";
  static final String RUN = "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11";
  static final EventSource SOURCE =
      new EventSource("host_54f8bbaedd28", true, "/workspace/shop", "shop");

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private Events() {}

  static EventBuilder of(EventType type) {
    return Event.builder(type)
        .eventId(UUID.randomUUID())
        .ts(START)
        .sessionId(SESSION)
        .runId(RUN)
        .source(SOURCE);
  }

  /** A worker's sign of life, that many seconds after the start. */
  static Event heartbeat(String worker, int second) {
    return of(EventType.WORKER_HEARTBEAT)
        .ts(START.plusSeconds(second))
        .workerId(worker)
        .taskId("t-42")
        .msg("step " + second)
        .build();
  }

  static Event artifact(String path, String hash) {
    return of(EventType.ARTIFACT)
        .msg("Produced " + path)
        .artifactRefs(List.of(new ArtifactRef(path, "file", hash, 12, START)))
        .build();
  }

  static OutboxEvent outbox(Event event) {
    return outbox(event, SEQUENCE.incrementAndGet());
  }

  static OutboxEvent outbox(Event event, long sequence) {
    return new OutboxEvent(
        sequence,
        event.eventId().toString(),
        event.type().wireName(),
        EventJson.write(event),
        null,
        event.ts());
  }

  static List<OutboxEvent> outbox(List<Event> events) {
    return events.stream().map(Events::outbox).toList();
  }

  /** So many events of progress, a second apart. */
  static List<OutboxEvent> progress(int size) {
    List<OutboxEvent> batch = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      batch.add(
          outbox(
              of(EventType.PROGRESS)
                  .ts(START.plusSeconds(i))
                  .msg("step " + i)
                  .tool("Bash", "toolu_" + i)
                  .build()));
    }
    return batch;
  }
}
