package dev.hookbus.sink.chroma;

import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Keeps documents within their limit, and envelopes valid JSON as long as that is possible. */
final class DocumentCutter {
  private static final String MARKER = "...[truncated]";

  private final int maxBytes;

  DocumentCutter(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The envelope; one that is too long without its data, which says how long it was. */
  String cut(String envelope, Event event) {
    if (Utf8Text.fits(envelope, maxBytes)) {
      return envelope;
    }
    if (event.type() == EventType.UNKNOWN
        || event.level() == EventLevel.UNKNOWN
        || event.source() == null) {
      return cut(envelope); // of another version: cannot be written again
    }
    long bytes = envelope.getBytes(StandardCharsets.UTF_8).length;
    String shorter = EventJson.write(withoutData(event, bytes));
    return Utf8Text.fits(shorter, maxBytes) ? shorter : cut(envelope);
  }

  /** The text; one that is too long ends in a marker. */
  String cut(String text) {
    return Utf8Text.fits(text, maxBytes)
        ? text
        : Utf8Text.cut(text, maxBytes - MARKER.length()) + MARKER;
  }

  private static Event withoutData(Event event, long bytes) {
    return new Event(
        event.eventId(),
        event.ts(),
        event.sessionId(),
        event.runId(),
        event.type(),
        event.level(),
        event.source(),
        event.hookEventName(),
        event.msg(),
        event.agentRole(),
        event.workerId(),
        event.taskId(),
        event.parentEventId(),
        event.toolName(),
        event.toolUseId(),
        List.of(),
        event.errorDetail(),
        Map.of("truncated", true, "original_bytes", bytes),
        event.hash(),
        event.indexableText());
  }
}
