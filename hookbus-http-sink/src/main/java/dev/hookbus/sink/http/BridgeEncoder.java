package dev.hookbus.sink.http;

import dev.hookbus.sink.OutboxEvent;

/** The envelope as it was recorded. */
final class BridgeEncoder implements Encoder {

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public Encoded encode(OutboxEvent event) {
    return new Body(event.utf8());
  }
}
