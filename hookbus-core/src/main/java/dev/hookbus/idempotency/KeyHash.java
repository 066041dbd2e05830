package dev.hookbus.idempotency;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The 16 bytes under which a key is claimed: the start of a SHA-256, so that no identifier, which
 * may hold personal data, is stored.
 */
public final class KeyHash {

  /** Size in bytes. */
  public static final int BYTES = 16;

  private final byte[] bytes;

  private KeyHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The unambiguous hash: every part is length-prefixed and {@code null} differs from any text, so
   * {@code (a, "b:c")} and {@code (a, "b", "c")} differ.
   */
  public static KeyHash unambiguous(String category, @Nullable Object... parts) {
    StringBuilder text = new StringBuilder(64).append("hookbus:1");
    appendPart(text, category);
    for (Object part : parts) {
      appendPart(text, part);
    }
    return ofText(text);
  }

  /**
   * The hash the Python HookBus makes of the same values: parts as Python writes them, joined by
   * colons. Different parts can share a hash; use it only to share keys with that implementation.
   */
  public static KeyHash compatible(String category, @Nullable Object... parts) {
    StringBuilder text = new StringBuilder(64).append(category).append(':');
    for (int i = 0; i < parts.length; i++) {
      text.append(i == 0 ? "" : ":").append(PythonText.of(parts[i]));
    }
    return ofText(text);
  }

  /**
   * The hash with these bytes.
   *
   * @throws IllegalArgumentException unless there are 16
   */
  public static KeyHash ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key hash has 16 bytes, not " + bytes.length);
    }
    return new KeyHash(bytes.clone());
  }

  /**
   * Reads {@link #toHex()}.
   *
   * @throws IllegalArgumentException unless the text is 32 hex characters
   */
  public static KeyHash parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("a key has 32 hex characters, not " + hex.length());
    }
    return new KeyHash(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 16 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** 32 lower-case hex characters. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  private static void appendPart(StringBuilder text, @Nullable Object part) {
    if (part == null) {
      text.append("|-");
    } else {
      String value = part.toString();
      text.append('|').append(value.length()).append('=').append(value);
    }
  }

  private static KeyHash ofText(CharSequence text) {
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] digest = Sha256.digest(utf8, 0, utf8.length);
    return new KeyHash(Arrays.copyOf(digest, BYTES));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
