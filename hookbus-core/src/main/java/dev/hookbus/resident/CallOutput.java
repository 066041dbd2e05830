package dev.hookbus.resident;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the code of a call prints, which goes to the client's error output. */
final class CallOutput {

  private static final int MOST_BYTES = 1 << 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean closed;

  /** A stream that gives what a thread prints to the call that the thread is about. */
  static PrintStream ofCurrentCall() {
    return new PrintStream(new Routing(), true, StandardCharsets.UTF_8);
  }

  /** What was printed up to now; what follows is lost. */
  synchronized byte[] close() {
    closed = true;
    return bytes.toByteArray();
  }

  private synchronized void write(byte[] from, int offset, int length) {
    if (!closed) {
      bytes.write(from, offset, Math.min(length, MOST_BYTES - bytes.size()));
    }
  }

  private static final class Routing extends OutputStream {

    @Override
    public void write(int oneByte) {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      CallContext context = CallContext.current();
      if (context != null) {
        context.output().write(from, offset, length);
      }
    }
  }
}
