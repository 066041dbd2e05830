package dev.hookbus.payload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A payload as it may be stored: redacted, bounded, perhaps compressed.
 *
 * @param bytes UTF-8 text, or its zlib form if {@code compressed}; empty if {@code dropped}
 * @param originalBytes size in bytes of the UTF-8 text that was given, before redaction
 * @param textBytes size in bytes of the bounded text before compression
 * @param truncated whether anything was cut
 * @param compressed whether {@code bytes} is zlib data
 * @param sha256 32 bytes: the hash of the whole redacted text, before it was cut; empty if {@code
 *     dropped}
 * @param redactions how often each kind was replaced, by its name; absent kinds did not occur
 * @param dropped whether redaction failed, so that nothing of the payload may be kept
 */
// Bytes go to a database column as they are; a copy on each access would cost a payload's size.
@SuppressWarnings("ArrayRecordComponent")
public record BoundedPayload(
    byte[] bytes,
    long originalBytes,
    int textBytes,
    boolean truncated,
    boolean compressed,
    byte[] sha256,
    Map<String, Integer> redactions,
    boolean dropped) {

  private static final byte[] NOTHING = {};

  /** Copies the counts; the arrays are shared. */
  public BoundedPayload {
    redactions = Map.copyOf(redactions);
  }

  static BoundedPayload dropped(long originalBytes) {
    return new BoundedPayload(NOTHING, originalBytes, 0, false, false, NOTHING, Map.of(), true);
  }

  /**
   * The text, decompressed if need be: never more than {@link #textBytes()} bytes of it.
   *
   * @throws IllegalStateException if the compressed data is damaged
   */
  public String text() {
    byte[] utf8 = compressed ? Zlib.inflate(bytes, textBytes) : bytes;
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundedPayload that
        && originalBytes == that.originalBytes
        && textBytes == that.textBytes
        && truncated == that.truncated
        && compressed == that.compressed
        && dropped == that.dropped
        && Arrays.equals(bytes, that.bytes)
        && Arrays.equals(sha256, that.sha256)
        && redactions.equals(that.redactions);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + Long.hashCode(originalBytes);
  }

  /** Sizes and flags, never the text. */
  @Override
  public String toString() {
    return "BoundedPayload["
        + originalBytes
        + " -> "
        + textBytes
        + " bytes"
        + (truncated ? ", truncated" : "")
        + (compressed ? ", compressed" : "")
        + (dropped ? ", dropped" : "")
        + "]";
  }
}
