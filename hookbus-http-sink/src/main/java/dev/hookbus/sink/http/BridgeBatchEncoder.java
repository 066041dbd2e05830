package dev.hookbus.sink.http;

import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.OutboxEvent;
import java.util.List;

/** Envelopes as they were recorded, as an array or one a line. */
final class BridgeBatchEncoder implements Encoder {
  private final boolean ndjson;

  BridgeBatchEncoder(boolean ndjson) {
    this.ndjson = ndjson;
  }

  @Override
  public boolean batches() {
    return true;
  }

  @Override
  public String contentType() {
    return ndjson ? "application/x-ndjson" : "application/json";
  }

  @Override
  public Encoded encode(OutboxEvent event) {
    byte[] json = event.utf8();
    for (int i = 0; ndjson && i < json.length; i++) {
      // Inside strings JSON has no raw line ends, so these are only layout.
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    return new Body(json);
  }

  @Override
  public byte[] assemble(List<byte[]> parts) {
    return ndjson ? Encoder.join(parts, "", "\n", "\n") : Encoder.join(parts, "[", ",", "]");
  }

  @Override
  public List<DeliveryOutcome> outcomes(List<OutboxEvent> events, Answer answer) {
    return BatchAnswer.read(answer).outcomes(events);
  }
}
