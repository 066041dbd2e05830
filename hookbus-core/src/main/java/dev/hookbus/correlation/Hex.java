package dev.hookbus.correlation;

import java.nio.charset.StandardCharsets;

/** Lower-case hexadecimal, without formatters: it is on every call's path. */
final class Hex {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private Hex() {}

  /** 16 characters. */
  static String of(long value) {
    byte[] text = new byte[16];
    for (int i = 15; i >= 0; i--) {
      text[i] = DIGITS[(int) (value & 15)];
      value >>>= 4;
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  static boolean isLowerCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  static boolean isZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
