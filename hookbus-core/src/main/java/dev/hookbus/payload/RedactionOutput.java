package dev.hookbus.payload;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects redacted text. It allocates nothing before the first replacement, and remembers the end
 * of what it has passed on, because rules may look back at it.
 */
final class RedactionOutput {

  private static final byte[] NOTHING = {};

  private byte[] buffer = NOTHING;
  private int size;
  private int passedOn;

  void copy(byte[] from, int start, int end) {
    int length = end - start;
    reserve(length);
    System.arraycopy(from, start, buffer, size, length);
    size += length;
  }

  void put(int b) {
    reserve(1);
    buffer[size++] = (byte) b;
  }

  void token(RedactionKind kind) {
    String token = kind.token();
    reserve(token.length());
    for (int i = 0; i < token.length(); i++) {
      buffer[size++] = (byte) token.charAt(i);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(buffer, size);
  }

  void drainTo(OutputStream sink) throws IOException {
    sink.write(buffer, passedOn, size - passedOn);
    int kept = Math.min(size, Scan.BEHIND);
    System.arraycopy(buffer, size - kept, buffer, 0, kept);
    size = kept;
    passedOn = kept;
  }

  /** Copies the last bytes, at most {@code count}, to the end of an array, and says how many. */
  int copyEnd(int count, byte[] to, int end) {
    int known = Math.min(count, size);
    System.arraycopy(buffer, size - known, to, end - known, known);
    return known;
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, Math.max(256, buffer.length * 2)));
    }
  }
}
