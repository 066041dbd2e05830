package dev.hookbus.payload;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Takes redacted text of any length and keeps at most a number of bytes of it. */
final class Bounder extends OutputStream {

  private final int maxBytes;
  private final MessageDigest digest = sha256Digest();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  Bounder(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    buffer.write(bytes, offset, length);
  }

  boolean truncated() {
    return buffer.size() > maxBytes;
  }

  byte[] sha256() {
    return digest.digest();
  }

  byte[] text() {
    byte[] all = buffer.toByteArray();
    if (all.length <= maxBytes) {
      return all;
    }
    int keep = maxBytes - Marker.MAX_LENGTH;
    int head = keep / 4 * 3;
    int tail = all.length - (keep - head);
    while (Utf8.isContinuation(all, head)) {
      head--;
    }
    while (Utf8.isContinuation(all, tail)) {
      tail++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(maxBytes);
    out.write(all, 0, head);
    out.writeBytes(Marker.of(tail - head).getBytes(StandardCharsets.UTF_8));
    out.write(all, tail, all.length - tail);
    return out.toByteArray();
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
