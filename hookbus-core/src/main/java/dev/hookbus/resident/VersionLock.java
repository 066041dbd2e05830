package dev.hookbus.resident;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to be the one process of a version that takes calls, until it is closed. */
final class VersionLock implements AutoCloseable {

  private final FileChannel file;

  private VersionLock(FileChannel file) {
    this.file = file;
  }

  /** The right that goes with a file; {@code null} if another has it. */
  static @Nullable VersionLock take(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() != null) {
        return new VersionLock(file);
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
    file.close();
    return null;
  }

  /** Says whose it is. Who has it must not read that: closing the file again would give it away. */
  void sign(Occupant holder) throws IOException {
    file.truncate(0);
    ByteBuffer text = ByteBuffer.wrap(holder.toJson().getBytes(StandardCharsets.UTF_8));
    while (text.hasRemaining()) {
      file.write(text);
    }
  }

  /** Gives it up; nobody has it then. */
  @Override
  public void close() throws IOException {
    try (file) {
      if (file.isOpen()) {
        file.truncate(0);
      }
    }
  }
}
