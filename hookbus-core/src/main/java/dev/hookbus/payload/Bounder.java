package dev.hookbus.payload;

import dev.hookbus.idempotency.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes redacted text of any length and keeps at most a number of bytes of it. What fits is kept as
 * it is; of what does not, JSON stays JSON and other text keeps its head and tail.
 */
final class Bounder extends OutputStream {

  private final int maxBytes;
  private final Utf8.Repair repair = new Utf8.Repair();
  private byte[] whole = new byte[1_024];
  private int size;
  private boolean truncated;
  private @Nullable MessageDigest digest;
  private @Nullable CutText text;
  private @Nullable JsonOutline outline;
  private @Nullable JsonReader json;

  Bounder(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] valid = repair.next(bytes, offset, length);
    if (valid == bytes) {
      accept(bytes, offset, offset + length);
    } else {
      accept(valid, 0, valid.length);
    }
  }

  private void accept(byte[] bytes, int from, int to) {
    if (!truncated && size + (to - from) <= maxBytes) {
      keep(bytes, from, to);
      return;
    }
    if (!truncated) {
      truncated = true;
      beginCutting();
    }
    cut(bytes, from, to);
  }

  private void keep(byte[] bytes, int from, int to) {
    int length = to - from;
    if (size + length > whole.length) {
      whole = Arrays.copyOf(whole, Math.max(size + length, Math.min(maxBytes, whole.length * 4)));
    }
    System.arraycopy(bytes, from, whole, size, length);
    size += length;
  }

  private void beginCutting() {
    digest = sha256Digest();
    text = new CutText(false);
    outline = new JsonOutline(maxBytes);
    json = new JsonReader(outline);
    cut(whole, 0, size);
    whole = new byte[0];
    size = 0;
  }

  private void cut(byte[] bytes, int from, int to) {
    if (digest != null) {
      digest.update(bytes, from, to - from);
    }
    if (text != null) {
      text.append(bytes, from, to, maxBytes);
    }
    if (json != null) {
      json.read(bytes, from, to);
      if (!json.isValid()) {
        json = null;
        outline = null;
      }
    }
  }

  /** Takes what is left of a character that the last write may have begun. */
  void finish() {
    byte[] rest = repair.finish();
    accept(rest, 0, rest.length);
  }

  boolean truncated() {
    return truncated;
  }

  byte[] sha256() {
    return digest == null ? Sha256.digest(whole, 0, size) : digest.digest();
  }

  byte[] text() {
    if (text == null) {
      return Arrays.copyOf(whole, size);
    }
    if (json != null && outline != null && json.finish()) {
      return outline.toBytes();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(maxBytes);
    text.writeTo(out, maxBytes);
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
