package dev.hookbus.sink.http;

import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventSource;
import dev.hookbus.event.GuardCompletion;
import dev.hookbus.sink.OutboxEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Recorded events for tests. */
final class Events {
  static final Instant NOW = Instant.parse("2026-01-29T10:00:01.000Z");
  static final String RUN = "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11";
  static final String TRACEPARENT = "00-3f0c5c1e6b0a4b579d0e2f4b0a6d7c11-e97dbafd033f9c77-01";
  static final EventFactory FACTORY =
      EventFactory.of("sess_7QK2", RUN, new EventSource("host_54f8bbaedd28", true, "~", "shop"))
          .withClock(InstantSource.fixed(NOW));

  private Events() {}

  static OutboxEvent of(Event event) {
    return new OutboxEvent(
        1,
        event.eventId().toString(),
        event.type().wireName(),
        EventJson.write(event),
        TRACEPARENT,
        NOW);
  }

  static OutboxEvent one() {
    return of(FACTORY.decision("Use SQLite", "one file"));
  }

  static List<OutboxEvent> many(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> of(FACTORY.decision("choice " + i, "x".repeat(100))))
        .toList();
  }

  /** Guarded calls of a tool. */
  static List<OutboxEvent> tools(int size) {
    return IntStream.range(0, size)
        .mapToObj(
            i ->
                of(
                    FACTORY.toolInvocation(
                        "PostToolUse", "Edit", "toolu_" + i, Map.of("text", "x".repeat(100)))))
        .toList();
  }

  /** A guarded call of a tool that failed. */
  static OutboxEvent failedTool() {
    return of(
        FACTORY.guardCompleted(
            new GuardCompletion(
                "tracker",
                "PostToolUse",
                "Bash",
                "toolu_01",
                "error",
                12.6,
                "e97dbafd033f9c77",
                "1",
                "IOException",
                "exit status 1",
                Map.of("tool_input", Map.of("command", "ls"), "tool_response", "no"))));
  }

  static OutboxEvent error() {
    return of(FACTORY.error(ErrorDetail.of("ToolError", "boom"), Map.of(), false));
  }
}
