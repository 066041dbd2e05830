package dev.hookbus.cli;

import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes UTF-8 to a writer of characters; a write may end within a character. */
final class Utf8Sink extends FilterOutputStream {

  private final PrintWriter writer;
  private byte[] pending = {};

  Utf8Sink(PrintWriter writer) {
    super(OutputStream.nullOutputStream());
    this.writer = writer;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] all = Arrays.copyOf(pending, pending.length + length);
    System.arraycopy(bytes, offset, all, pending.length, length);
    int complete = all.length;
    while (complete > 0 && all.length - complete < 3 && (all[complete - 1] & 0xC0) == 0x80) {
      complete--;
    }
    boolean lead = complete > 0 && (all[complete - 1] & 0xC0) == 0xC0;
    int end = lead && isCut(all, complete - 1) ? complete - 1 : all.length;
    writer.write(new String(all, 0, end, StandardCharsets.UTF_8));
    pending = Arrays.copyOfRange(all, end, all.length);
  }

  private static boolean isCut(byte[] bytes, int lead) {
    int b = bytes[lead] & 0xFF;
    int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
    return lead + length > bytes.length;
  }

  @Override
  public void flush() {
    writer.flush();
  }

  @Override
  public void close() {
    writer.write(new String(pending, StandardCharsets.UTF_8));
    flush();
  }
}
