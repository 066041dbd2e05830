package dev.hookbus.resident;

import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One client: its request and its answer. */
final class Connection extends Thread {

  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] NOTHING = {};

  private final SocketChannel client;
  private final ResidentProcess process;
  private boolean begun;

  Connection(SocketChannel client, ResidentProcess process) {
    super("hookbus-connection");
    setDaemon(true);
    this.client = client;
    this.process = process;
  }

  @Override
  public void run() {
    // Who gets no answer helps itself.
    Attempt.capture(
        () -> {
          try (client) {
            answer(Request.read(client));
          }
          return null;
        });
  }

  private void answer(Request request) throws IOException {
    switch (request.words().get(0)) {
      case "run" -> Call.of(request, process).serve(this);
      case "take" -> Call.of(request, process).serveLater(this);
      case "answer" ->
          process.call(request.words().get(1)).answer(this, Long.parseLong(request.words().get(2)));
      case "end" -> process.call(request.words().get(1)).terminate(this);
      case "status" -> send(process.status().getBytes(StandardCharsets.UTF_8));
      case "stop" -> {
        send(process.status().getBytes(StandardCharsets.UTF_8));
        process.retire();
      }
      default -> throw new IOException("nobody knows that word");
    }
  }

  /** Ends the response, whether there was one part or none. */
  void finish() throws IOException {
    send(NOTHING);
    client.shutdownOutput();
  }

  /** Waits until the client goes, and tells whether it has read all; it may have given up. */
  boolean awaitEnd() {
    try {
      return client.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return false;
    }
  }

  /** Sends a part of the response, which ends with the connection. */
  synchronized void send(byte[] part) throws IOException {
    byte[] head = begun ? NOTHING : HEAD;
    begun = true;
    ByteBuffer all = ByteBuffer.allocate(head.length + part.length);
    all.put(head).put(part).flip();
    while (all.hasRemaining()) {
      client.write(all);
    }
  }
}
