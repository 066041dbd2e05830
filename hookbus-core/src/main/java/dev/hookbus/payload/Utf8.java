package dev.hookbus.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 without surprises: what cannot be encoded becomes U+FFFD, not a question mark. */
final class Utf8 {

  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private Utf8() {}

  static byte[] encode(String text) {
    return hasLoneSurrogate(text)
        ? replaceLoneSurrogates(text).getBytes(StandardCharsets.UTF_8)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many UTF-16 units a range of UTF-8 decodes to. */
  static int chars(byte[] utf8, int from, int to) {
    int chars = 0;
    for (int i = from; i < to; i++) {
      chars += isContinuation(utf8, i) ? 0 : (utf8[i] & 0xF8) == 0xF0 ? 2 : 1;
    }
    return chars;
  }

  /** Whether a cut before {@code utf8[at]} would split a character. */
  static boolean isContinuation(byte[] utf8, int at) {
    return at < utf8.length && (utf8[at] & 0xC0) == 0x80;
  }

  /** The head of a text, in at most {@code maxBytes} bytes including the marker for what is cut. */
  static String head(String text, int maxBytes) {
    if (text.length() * 3L <= maxBytes) {
      return text;
    }
    byte[] utf8 = encode(text);
    if (utf8.length <= maxBytes) {
      return text;
    }
    String marker = Marker.of(utf8.length - (long) maxBytes + Marker.MAX_LENGTH);
    int keep = Math.max(0, maxBytes - Marker.MAX_LENGTH);
    while (keep > 0 && isContinuation(utf8, keep)) {
      keep--;
    }
    String head = new String(utf8, 0, keep, StandardCharsets.UTF_8);
    return maxBytes < Marker.MAX_LENGTH ? head : head + marker;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String replaceLoneSurrogates(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      out.appendCodePoint(lone ? 0xFFFD : point);
      i += Character.charCount(point);
    }
    return out.toString();
  }

  /** Encodes text that arrives in pieces, which may split a surrogate pair. */
  static final class Encoder {

    private final CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .replaceWith(REPLACEMENT);
    private char pending;

    byte[] encode(char[] chars, int length) {
      CharBuffer in = CharBuffer.allocate(length + 1);
      if (pending != 0) {
        in.put(pending);
        pending = 0;
      }
      in.put(chars, 0, length).flip();
      ByteBuffer out = ByteBuffer.allocate(3 * in.remaining() + 3);
      encoder.encode(in, out, false);
      if (in.hasRemaining()) {
        pending = in.get();
      }
      return Arrays.copyOf(out.array(), out.position());
    }

    byte[] finish() {
      return pending == 0 ? new byte[0] : REPLACEMENT.clone();
    }
  }

  /** Replaces malformed UTF-8 that arrives in pieces, which may split a character. */
  static final class Repair {

    private static final byte[] NOTHING = {};

    private byte[] pending = NOTHING;

    /** The valid form of what is complete: the argument itself if nothing had to change. */
    byte[] next(byte[] bytes, int offset, int length) {
      if (pending.length == 0 && isAscii(bytes, offset, offset + length)) {
        return bytes;
      }
      byte[] all = Arrays.copyOf(pending, pending.length + length);
      System.arraycopy(bytes, offset, all, pending.length, length);
      int complete = all.length - incomplete(all);
      pending = Arrays.copyOfRange(all, complete, all.length);
      return new String(all, 0, complete, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    byte[] finish() {
      byte[] rest = new String(pending, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
      pending = NOTHING;
      return rest;
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
      int bits = 0;
      for (int i = from; i < to; i++) {
        bits |= bytes[i];
      }
      return bits >= 0;
    }

    /** How many bytes at the end begin a character that is not complete. */
    private static int incomplete(byte[] bytes) {
      for (int back = 1; back <= Math.min(3, bytes.length); back++) {
        int b = bytes[bytes.length - back] & 0xFF;
        if (b >= 0xC0) {
          int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
          return length > back ? back : 0;
        }
        if (b < 0x80) {
          return 0;
        }
      }
      return 0;
    }
  }
}
