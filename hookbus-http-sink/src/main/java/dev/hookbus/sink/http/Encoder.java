package dev.hookbus.sink.http;

import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.OutboxEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Puts events into a receiver's dialect. Stateless. */
interface Encoder {

  /** Whether one request may carry many events. */
  default boolean batches() {
    return false;
  }

  String contentType();

  /** One event in the dialect, or why it cannot be said in it. */
  Encoded encode(OutboxEvent event);

  /** The body of a request for these parts; without batches there is one. */
  default byte[] assemble(List<byte[]> parts) {
    return parts.get(0);
  }

  /**
   * A body without an event in it: an empty batch, or an object that every receiver of single
   * events refuses for want of what an event must have, and only after it has looked at the key.
   */
  default byte[] withoutEvents() {
    return batches()
        ? assemble(List.of())
        : "{\"schema_version\":\"0\"}".getBytes(StandardCharsets.UTF_8);
  }

  /** What a good answer says of each event; that all arrived, unless the dialect knows better. */
  default List<DeliveryOutcome> outcomes(List<OutboxEvent> events, Answer answer) {
    return Collections.nCopies(events.size(), DeliveryOutcome.delivered());
  }

  /** One event in a dialect, or what became of it before it was sent. */
  sealed interface Encoded {}

  /**
   * What to send.
   *
   * @param bytes UTF-8
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, compared never
  record Body(byte[] bytes) implements Encoded {}

  /**
   * Why there is nothing to send.
   *
   * @param outcome dead or skipped
   */
  record Unsendable(DeliveryOutcome outcome) implements Encoded {}

  /** Parts between an opening and a closing text, with a separator. */
  static byte[] join(List<byte[]> parts, String open, String separator, String close) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(open.getBytes(StandardCharsets.UTF_8));
    byte[] between = separator.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        out.writeBytes(between);
      }
      out.writeBytes(parts.get(i));
    }
    out.writeBytes(close.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }
}
