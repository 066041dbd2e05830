package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens the database file so that every session finds it in order: private to the user, in
 * write-ahead mode, with this version's tables.
 */
final class SqliteDatabase implements Database {

  static final int JOURNAL_LIMIT_BYTES = 64 << 20;

  /** Opening has a budget of its own: it happens once, and may have to wait for a migration. */
  private static final long OPEN_WAIT_NANOS = 5_000_000_000L;

  private final Path file;
  private final boolean flushEveryCommit;
  private final DatabaseFile files;
  private final FileWatch watch;

  SqliteDatabase(SqliteSettings settings) {
    this.file = settings.file();
    this.flushEveryCommit = settings.flushEveryCommit();
    this.files = new DatabaseFile(file);
    this.watch = new FileWatch(file, files.log());
  }

  /**
   * Opens a session. A file that is no database is moved aside and a new one begun.
   *
   * @throws StoreException saying what is wrong with the file and which setting to change
   */
  @Override
  public Session open(Budget budget) throws StoreException {
    try {
      files.claimTemporaryHome();
      if (hasLogOfAnotherFile()) {
        files.whileLocked(
            () -> {
              if (hasLogOfAnotherFile()) {
                files.moveLogAside();
              }
            });
      }
      files.prepare();
      NativeLibrary.prepare(files.directory());
      try {
        return openChecked();
      } catch (DatabaseException e) {
        if (!SqliteErrors.isDamage(e)) {
          throw e;
        }
        files.whileLocked(this::quarantineIfStillDamaged);
        return openChecked();
      }
    } catch (DatabaseException e) {
      throw new StoreException(SqliteErrors.explain(file, e), e);
    } catch (LinkageError e) {
      throw new StoreException(
          "the SQLite library can't be loaded; set org.sqlite.tmpdir to a directory that allows"
              + " execution",
          e);
    }
  }

  @Override
  public boolean isReplaced() {
    if (!watch.isReplaced()) {
      return false;
    }
    if (files.isEmptied()) {
      // Before a session ends: the last one would write the log into the empty file.
      Throwable unused = Attempt.run(() -> files.whileLocked(this::quarantineIfEmptied));
    }
    return true;
  }

  private void quarantineIfEmptied() throws StoreException {
    if (files.isEmptied()) {
      files.moveAside();
    }
  }

  /** Other processes that have the damaged file open notice that it is gone, and follow. */
  @Override
  public void repairAfter(DatabaseException failure) {
    if (SqliteErrors.isDamage(failure)) {
      // If it can't be moved, the next call meets the damage again, and counts it again.
      Throwable unused = Attempt.run(() -> files.whileLocked(this::quarantineOpened));
      watch.expectReplacement();
    }
  }

  /** Another process may have done so while we waited for the lock. */
  private void quarantineOpened() throws StoreException {
    if (watch.isSame()) {
      files.moveAside();
    }
  }

  /** SQLite would take the log of a file that was deleted or replaced for that of its successor. */
  private boolean hasLogOfAnotherFile() {
    return files.isLogWithoutFile() || (!watch.isSame() && watch.isSameLog());
  }

  @Override
  public String explain(DatabaseException failure) {
    return SqliteErrors.explain(file, failure);
  }

  @Override
  public boolean poisons(DatabaseException failure) {
    return SqliteErrors.poisonsConnection(failure);
  }

  @Override
  public String location() {
    return file.toString();
  }

  @Override
  public String engine(Session session) throws DatabaseException {
    return "SQLite " + session.text("SELECT sqlite_version()");
  }

  @Override
  public int schemaVersion(Session session) throws DatabaseException {
    return Schema.version(session);
  }

  @Override
  public long bytes(Session session) {
    return size(file) + size(file.resolveSibling(file.getFileName() + "-wal"));
  }

  private static long size(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException vanished) {
      return 0;
    }
  }

  @Override
  public boolean hasOneWriter() {
    return true;
  }

  @Override
  public int giveBackSpace(Session session, Pace pace) throws DatabaseException {
    if (session.number("PRAGMA freelist_count") == 0) {
      return 0;
    }
    int pages = pace.rows();
    return pace.step(
        session,
        locked -> {
          locked.execute("PRAGMA incremental_vacuum(" + pages + ")");
          return pages;
        });
  }

  @Override
  public ExpiredKeys expiredKeys(DedupeKeys keys) {
    return new SweptKeys(keys);
  }

  Path file() {
    return file;
  }

  /** Whether the file that was opened is still there. */
  boolean isSame() {
    return watch.isSame();
  }

  /** One more session on the file that was opened; if that is gone, none is made. */
  Session openBeside() throws DatabaseException {
    return SqliteJdbc.openExisting(file, flushEveryCommit);
  }

  boolean flushEveryCommit() {
    return flushEveryCommit;
  }

  private Session openChecked() throws DatabaseException, StoreException {
    Session session = connect();
    boolean sound = false;
    try {
      if (!Schema.isCurrent(session)) {
        // Two processes that make the tables at once can fail on the switch to write-ahead mode,
        // which no busy handler covers.
        files.whileLocked(
            () -> {
              Schema.migrate(session);
            });
      }
      if (!hasWriteAheadLog(session)) {
        // A copy made by VACUUM INTO has none.
        files.whileLocked(() -> session.execute("PRAGMA journal_mode = WAL"));
        requireWriteAheadLog(session);
      }
      watch.begin();
      sound = true;
      return session;
    } finally {
      if (!sound) {
        session.close();
      }
    }
  }

  private Session connect() throws DatabaseException {
    NativeDriver driver = NativeDriver.orNull();
    Session session =
        driver == null
            ? SqliteJdbc.open(file, flushEveryCommit)
            : NativeSession.open(driver, file, pragmas());
    session.waitUntil(System.nanoTime() + OPEN_WAIT_NANOS);
    return session;
  }

  private String pragmas() {
    return "PRAGMA synchronous = "
        + (flushEveryCommit ? "FULL" : "NORMAL")
        + "; PRAGMA journal_size_limit = "
        + JOURNAL_LIMIT_BYTES
        + "; PRAGMA temp_store = MEMORY";
  }

  private static boolean hasWriteAheadLog(Session session) throws DatabaseException {
    return session.text("PRAGMA journal_mode").equalsIgnoreCase("wal");
  }

  private void requireWriteAheadLog(Session session) throws DatabaseException, StoreException {
    if (!hasWriteAheadLog(session)) {
      throw new StoreException(
          "the file system of "
              + file
              + " has no shared memory for SQLite's write-ahead log; set HOOKBUS_DB to a local"
              + " disk",
          null);
    }
  }

  /** Another process may have moved the damaged file while we waited for the lock. */
  private void quarantineIfStillDamaged() throws DatabaseException, StoreException {
    Session session = null;
    try {
      session = connect();
      Schema.isCurrent(session);
    } catch (DatabaseException e) {
      if (!SqliteErrors.isDamage(e)) {
        throw e;
      }
      files.moveAside();
    } finally {
      if (session != null) {
        session.close();
      }
    }
  }
}
