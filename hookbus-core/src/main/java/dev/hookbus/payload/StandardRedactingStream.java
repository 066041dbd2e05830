package dev.hookbus.payload;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * Redacts a text of any length in a window. A window is passed on when it is full, so what the
 * rules see does not depend on the size of the writes.
 */
final class StandardRedactingStream extends RedactingStream {

  private static final int WINDOW = 64 * 1_024;

  private final OutputStream sink;
  private final RedactionOutput out = new RedactionOutput();
  private final Scan scan;
  private final Redactions redactions;
  private final boolean disabled;
  private byte[] window = new byte[4 * 1_024];
  private int size;
  private boolean begun;
  private boolean closed;

  private StandardRedactingStream(RedactionMode mode, RuleSet rules, OutputStream sink) {
    this.sink = sink;
    this.disabled = mode == RedactionMode.DISABLED;
    this.scan = new Scan(window, 0, mode, out, false);
    this.redactions = new Redactions(rules, scan);
  }

  /** A method, so that a redactor that is given arrays only never loads this class. */
  static RedactingStream create(RedactionMode mode, RuleSet rules, OutputStream sink) {
    return new StandardRedactingStream(mode, rules, sink);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (disabled) {
      sink.write(bytes, offset, length);
      return;
    }
    int done = 0;
    while (done < length) {
      if (size == window.length) {
        makeRoom();
      }
      int count = Math.min(length - done, window.length - size);
      System.arraycopy(bytes, offset + done, window, size, count);
      size += count;
      done += count;
    }
  }

  private void makeRoom() throws IOException {
    if (window.length < WINDOW) {
      window = Arrays.copyOf(window, window.length * 4);
      return;
    }
    pass(size - Scan.AHEAD);
    int from = scan.pos - Scan.BEHIND;
    scan.insideStringBefore(from);
    out.copy(window, scan.floor, Math.max(scan.floor, from));
    scan.floor = Math.max(scan.floor, from);
    out.drainTo(sink);
    System.arraycopy(window, from, window, 0, size - from);
    size -= from;
    scan.slide(from);
  }

  private void pass(int until) {
    scan.in = window;
    scan.limit = size;
    if (!begun) {
      begun = true;
      scan.json = StandardRedactor.beginsLikeJson(window, size);
    }
    redactions.run(until);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (!disabled) {
      pass(size);
      out.copy(window, scan.floor, size);
      out.drainTo(sink);
    }
    sink.flush();
  }

  @Override
  public Map<String, Integer> redactions() {
    return StandardRedactor.counts(scan.counts());
  }
}
