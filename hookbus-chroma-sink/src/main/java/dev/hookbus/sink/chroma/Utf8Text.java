package dev.hookbus.sink.chroma;

import java.nio.charset.StandardCharsets;

/** Measures and cuts text by its bytes of UTF-8, never inside a character. */
final class Utf8Text {
  private static final int MAX_BYTES_PER_CHAR = 3;

  private Utf8Text() {}

  static boolean fits(String text, int maxBytes) {
    return text.length() <= maxBytes / MAX_BYTES_PER_CHAR
        || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
  }

  /** The longest beginning that fits. */
  static String cut(String text, int maxBytes) {
    if (fits(text, maxBytes)) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = maxBytes;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--; // stands inside a character
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
