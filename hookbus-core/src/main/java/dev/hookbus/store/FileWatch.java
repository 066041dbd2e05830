package dev.hookbus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a database file is no longer the one that was opened. An open file can be deleted,
 * replaced or moved away, and everything written to it then is lost without an error.
 */
final class FileWatch {

  /** So long records can go to a file that is gone. A look costs a few microseconds. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path file;
  private final Path log;
  private volatile @Nullable Object fileKey;
  private volatile @Nullable Object logKey;
  private volatile long nextLook;

  FileWatch(Path file, Path log) {
    this.file = file;
    this.log = log;
  }

  /** Takes what is there now for the database that was opened, and its log. */
  void begin() {
    nextLook = System.nanoTime() + LOOK_NANOS;
    fileKey = key(file, 1);
    logKey = key(log, 0);
  }

  /** Whether another file, an empty one or none is there. Looks only now and then. */
  boolean isReplaced() {
    long now = System.nanoTime();
    if (now - nextLook < 0) {
      return false;
    }
    nextLook = now + LOOK_NANOS;
    return !isSame();
  }

  /** Makes the next question look. */
  void expectReplacement() {
    nextLook = System.nanoTime();
  }

  /** Whether the file that was opened, if any was, is still there. */
  boolean isSame() {
    Object opened = fileKey;
    return opened == null || opened.equals(key(file, 1));
  }

  /** Whether the log beside the file is still that of the file that was opened. */
  boolean isSameLog() {
    Object opened = logKey;
    return opened != null && opened.equals(key(log, 0));
  }

  /** What tells a file of that size or more from others; {@code null} if there is no telling. */
  private static @Nullable Object key(Path path, long leastBytes) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.size() < leastBytes ? null : attributes.fileKey();
    } catch (IOException gone) {
      return null;
    }
  }
}
