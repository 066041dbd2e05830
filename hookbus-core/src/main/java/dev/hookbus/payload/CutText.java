package dev.hookbus.payload;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A text of which only head and tail are kept once it is longer than a limit: three quarters and
 * one. It is cut only between characters, escapes and redaction tokens.
 */
final class CutText {

  private static final int SMALLEST = 16;

  private final boolean json;
  private byte[] buffer;
  private int size;

  /** Where the tail begins, if {@link #cut} is not zero. */
  private int head;

  private long cut;

  /** An empty text, as it stands between the quotes of a JSON string or as it is. */
  CutText(boolean json) {
    this.json = json;
    this.buffer = new byte[SMALLEST];
  }

  /** Appends, and forgets what lies between head and tail of a text longer than the limit. */
  void append(byte[] bytes, int from, int to, int limit) {
    int at = from;
    while (at < to) {
      int count = Math.min(to - at, Math.max(1, 2 * limit - size));
      reserve(count);
      System.arraycopy(bytes, at, buffer, size, count);
      size += count;
      at += count;
      if (size >= 2 * limit) {
        shrink(limit);
      }
    }
  }

  /** Bytes held in memory. */
  int held() {
    return buffer.length;
  }

  /** Bytes of the whole text. */
  long length() {
    return size + cut;
  }

  /** Keeps as much as is needed to write the text with a limit that is not greater. */
  void shrink(int limit) {
    if (length() <= limit) {
      return;
    }
    int headEnd = boundaryBefore(limit / 4 * 3, cut > 0 ? head : size, 0);
    int tailStart = boundaryAfter(size - limit / 4, cut > 0 ? head : headEnd);
    if (tailStart > headEnd) {
      cut += tailStart - headEnd;
      System.arraycopy(buffer, tailStart, buffer, headEnd, size - tailStart);
      size -= tailStart - headEnd;
      head = headEnd;
    }
    if (buffer.length > 2 * size + SMALLEST) {
      buffer = Arrays.copyOf(buffer, size);
    }
  }

  /** How many bytes {@link #writeTo} writes, or a few more. */
  long sizeWithin(int limit) {
    return length() <= limit ? length() : Math.max(limit, Marker.MAX_LENGTH);
  }

  /** Writes the text in at most {@code limit} bytes, if that is enough for the marker. */
  void writeTo(ByteArrayOutputStream out, int limit) {
    if (length() <= limit) {
      out.write(buffer, 0, size);
      return;
    }
    int keep = Math.max(0, limit - Marker.MAX_LENGTH);
    int headEnd = boundaryBefore(keep / 4 * 3, cut > 0 ? head : size, 0);
    int tailStart = boundaryAfter(size - (keep - keep / 4 * 3), cut > 0 ? head : headEnd);
    if (!json) {
      headEnd = lineEndBefore(headEnd);
      tailStart = lineStartAfter(tailStart);
    }
    out.write(buffer, 0, headEnd);
    out.writeBytes(Marker.bytes(tailStart - headEnd + cut));
    out.write(buffer, tailStart, size - tailStart);
  }

  /** The last boundary between units at or before {@code wanted}. */
  private int boundaryBefore(int wanted, int end, int from) {
    int at = from;
    while (at < end) {
      int next = at + unit(at);
      if (next > wanted) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** The first boundary between units at or after {@code wanted}, counted from a known one. */
  private int boundaryAfter(int wanted, int from) {
    int at = from;
    while (at < wanted && at < size) {
      at += unit(at);
    }
    return Math.min(at, size);
  }

  /** Length of what must not be cut at an index. */
  private int unit(int at) {
    int b = buffer[at];
    if (b == '[') {
      return token(at);
    }
    if (b == '\\' && json) {
      return escape(at);
    }
    if (b >= 0) {
      return 1;
    }
    int length = b >= (byte) 0xF0 ? 4 : b >= (byte) 0xE0 ? 3 : 2;
    return Math.min(length, size - at);
  }

  private int escape(int at) {
    if (at + 1 >= size || buffer[at + 1] != 'u') {
      return Math.min(2, size - at);
    }
    boolean high = at + 7 < size && isSurrogate(at, '8', 'b') && buffer[at + 6] == '\\';
    return Math.min(high && isSurrogate(at + 6, 'c', 'f') ? 12 : 6, size - at);
  }

  /** Whether an escape is of the form {@code \\udX…} with X in a range. */
  private boolean isSurrogate(int at, char from, char to) {
    if (at + 3 >= size || Chars.lower(buffer[at + 2]) != 'd') {
      return false;
    }
    int digit = Chars.lower(buffer[at + 3]);
    return digit >= from && digit <= to;
  }

  private int token(int at) {
    for (RedactionKind kind : RedactionKind.all()) {
      String token = kind.token();
      if (at + token.length() <= size && matches(at, token)) {
        return token.length();
      }
    }
    return 1;
  }

  private boolean matches(int at, String token) {
    for (int i = 0; i < token.length(); i++) {
      if (buffer[at + i] != token.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int lineEndBefore(int end) {
    for (int i = end; i > end - end / 8; i--) {
      if (buffer[i - 1] == '\n') {
        return i;
      }
    }
    return end;
  }

  private int lineStartAfter(int start) {
    for (int i = start; i < start + (size - start) / 8; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return start;
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
    }
  }
}
