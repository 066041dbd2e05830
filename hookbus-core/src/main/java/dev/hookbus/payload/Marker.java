package dev.hookbus.payload;

import java.nio.charset.StandardCharsets;

/** The text that stands where something was cut. */
final class Marker {

  /** No marker is longer, in bytes of UTF-8. */
  static final int MAX_LENGTH = 3 + 1 + 19 + 10 + 1 + 3;

  private Marker() {}

  static String of(long bytes) {
    return "…[" + bytes + " bytes cut]…";
  }

  static byte[] bytes(long cut) {
    return of(cut).getBytes(StandardCharsets.UTF_8);
  }
}
