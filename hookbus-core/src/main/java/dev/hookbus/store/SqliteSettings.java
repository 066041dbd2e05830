package dev.hookbus.store;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * How to open a SQLite store.
 *
 * @param file the database file; made, with its directory, if it is missing
 * @param flushEveryCommit whether a commit waits for the disk
 * @param poolSize connections of this process; above 1 they come from a HikariCP pool
 * @param clockOffsetMillis added to the database's clock; 0 outside tests
 */
public record SqliteSettings(
    Path file, boolean flushEveryCommit, int poolSize, LongSupplier clockOffsetMillis) {

  /** The usual settings for a file: one connection, the real clock. */
  public static SqliteSettings of(Path file) {
    return new SqliteSettings(file.toAbsolutePath(), false, 1, () -> 0);
  }
}
