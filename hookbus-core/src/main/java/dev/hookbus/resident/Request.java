package dev.hookbus.resident;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for: as much of HTTP as is needed to be asked by clients that machines have.
 *
 * @param words the parts of the path
 * @param hook the command's file, by the header {@code Hook}; {@code null} if there is none
 */
record Request(List<String> words, @Nullable String hook) {

  private static final int MOST_BYTES = 1 << 13;
  private static final String END = "\r\n\r\n";
  private static final String HOOK = "\r\nHook: ";

  static Request read(SocketChannel client) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
    String text = "";
    while (!text.contains(END)) {
      if (client.read(buffer) <= 0) {
        throw new IOException("this is no request");
      }
      text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
    int path = text.indexOf(' ');
    int end = path < 0 ? -1 : text.indexOf(' ', path + 1);
    if (end < path + 2) {
      throw new IOException("this is no request");
    }
    return new Request(List.of(text.substring(path + 2, end).split("/")), header(text));
  }

  private static @Nullable String header(String text) {
    int start = text.indexOf(HOOK);
    int end = start < 0 ? -1 : text.indexOf("\r\n", start + HOOK.length());
    return start < 0 ? null : text.substring(start + HOOK.length(), end);
  }
}
