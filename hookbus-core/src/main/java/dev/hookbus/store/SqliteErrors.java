package dev.hookbus.store;

import java.nio.file.Path;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's error codes mean for us. */
final class SqliteErrors {

  private static final int PRIMARY_CODE = 0xff;

  private SqliteErrors() {}

  /** Names the cause and the setting that changes it, in one line. */
  static String explain(Path file, DatabaseException failure) {
    return switch (codeOf(failure)) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another process holds the write lock of "
              + file
              + "; HOOKBUS_BUDGET_MS sets how long a call waits";
      case SQLITE_FULL ->
          "the disk of " + file + " is full; free space or set HOOKBUS_DB elsewhere";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "can't write " + file + "; make it writable or set HOOKBUS_DB to a path that is";
      case SQLITE_NOTADB, SQLITE_CORRUPT ->
          file + " is damaged; it is moved aside and a new database begun";
      case SQLITE_IOERR -> "the disk of " + file + " fails; set HOOKBUS_DB to another disk";
      default -> "the store in " + file + " failed; HOOKBUS_DB names the file";
    };
  }

  /** Whether the file itself is unusable. */
  static boolean isDamage(DatabaseException failure) {
    SQLiteErrorCode code = codeOf(failure);
    return code == SQLiteErrorCode.SQLITE_NOTADB || code == SQLiteErrorCode.SQLITE_CORRUPT;
  }

  /**
   * Whether to give the connection up. Waiting in vain leaves it sound; after anything else a
   * statement may stay unusable, and opening anew is cheap.
   */
  static boolean poisonsConnection(DatabaseException failure) {
    SQLiteErrorCode code = codeOf(failure);
    return code != SQLiteErrorCode.SQLITE_BUSY && code != SQLiteErrorCode.SQLITE_LOCKED;
  }

  private static SQLiteErrorCode codeOf(DatabaseException failure) {
    return SQLiteErrorCode.getErrorCode(failure.code() & PRIMARY_CODE);
  }
}
