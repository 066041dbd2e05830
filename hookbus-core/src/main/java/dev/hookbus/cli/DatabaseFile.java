package dev.hookbus.cli;

import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The database as a command may touch it. A hook makes a missing file and moves a damaged one
 * aside; whoever only looks must do neither.
 */
record DatabaseFile(Path path) {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** Whether the file is there, as far as anybody can tell. */
  boolean exists() {
    return !Files.notExists(path);
  }

  /**
   * The store in this file; opened at its first use.
   *
   * @throws StoreException if the file is missing or no database
   */
  Store open() throws StoreException {
    if (!exists()) {
      throw new StoreException(
          "there is no database at "
              + path
              + "; hooks make it when HOOKBUS_ENABLED=1, and HOOKBUS_DB or --db names another",
          null);
    }
    if (Files.isDirectory(path) || !startsLikeDatabase()) {
      throw new StoreException(
          path + " is no SQLite database; HOOKBUS_DB or --db names another", null);
    }
    return Store.sqlite(SqliteSettings.of(path));
  }

  private boolean startsLikeDatabase() throws StoreException {
    try (InputStream file = Files.newInputStream(path)) {
      byte[] start = file.readNBytes(MAGIC.length);
      return start.length == 0 || Arrays.equals(start, MAGIC);
    } catch (IOException e) {
      throw new StoreException(
          "can't read " + path + "; make it readable, or name another by HOOKBUS_DB or --db", e);
    }
  }
}
