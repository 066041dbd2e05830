package dev.hookbus.payload;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Zlib with a bound on both ends. */
final class Zlib {

  private Zlib() {}

  /** The compressed form, or {@code raw} itself if that is not smaller. */
  static byte[] deflate(byte[] raw) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(raw);
      deflater.finish();
      byte[] out = new byte[raw.length];
      int size = 0;
      while (size < out.length && !deflater.finished()) {
        size += deflater.deflate(out, size, out.length - size);
      }
      return deflater.finished() && size < raw.length ? Arrays.copyOf(out, size) : raw;
    } finally {
      deflater.end();
    }
  }

  /**
   * The first {@code maxBytes} bytes of the decompressed data.
   *
   * @throws IllegalStateException if the data is damaged
   */
  static byte[] inflate(byte[] zlib, int maxBytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(zlib);
      byte[] out = new byte[maxBytes];
      int size = 0;
      while (size < maxBytes && !inflater.finished()) {
        int read = inflater.inflate(out, size, maxBytes - size);
        if (read == 0) {
          break;
        }
        size += read;
      }
      return size == maxBytes ? out : Arrays.copyOf(out, size);
    } catch (DataFormatException e) {
      throw new IllegalStateException("A stored payload is not valid zlib data.", e);
    } finally {
      inflater.end();
    }
  }
}
