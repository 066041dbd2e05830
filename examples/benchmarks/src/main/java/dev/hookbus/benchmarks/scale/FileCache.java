package dev.hookbus.benchmarks.scale;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system's memory holds of a file: what is not there, the disk has to read. */
final class FileCache {

  private static final int BLOCK = 1 << 20;

  private FileCache() {}

  /** Reads all of a file, so that it is there if there is room for it. */
  static void fill(Path file) throws IOException {
    byte[] block = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      while (in.read(block) >= 0) {
        continue;
      }
    }
  }

  /** Lets go of a file; by {@code dd}, since Java has no call for it. */
  static void empty(Path file) throws IOException, InterruptedException {
    run("dd", "of=" + file, "conv=notrunc,fsync", "count=0", "if=/dev/null", "status=none");
    run("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit);
    }
  }
}
