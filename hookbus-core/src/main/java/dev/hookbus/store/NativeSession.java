package dev.hookbus.store;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.core.NativeDB;

/** A session on a SQLite file by way of the driver's native methods. */
final class NativeSession extends Session {

  private final NativeDriver driver;
  private final NativeDB database;
  private final JitteredBusyHandler busyHandler = new JitteredBusyHandler();
  private final Map<String, NativeQuery> queries = new HashMap<>();

  private NativeSession(NativeDriver driver, NativeDB database) {
    this.driver = driver;
    this.database = database;
  }

  /** Opens the file, which must be there, and runs these pragmas. */
  static Session open(NativeDriver driver, Path file, String pragmas) throws DatabaseException {
    NativeSession session = new NativeSession(driver, driver.open(file));
    boolean sound = false;
    try {
      session.database.busy_handler(session.busyHandler);
      driver.exec(session.database, pragmas);
      sound = true;
      return session;
    } finally {
      if (!sound) {
        session.close();
      }
    }
  }

  @Override
  Query prepared(String sql) throws DatabaseException {
    return kept(sql);
  }

  private NativeQuery kept(String sql) throws DatabaseException {
    NativeQuery query = queries.get(sql);
    if (query == null) {
      query = new NativeQuery(driver, database, Dialect.SQLITE.translate(sql));
      queries.put(sql, query);
    }
    return query;
  }

  @Override
  void execute(String sql) throws DatabaseException {
    driver.exec(database, sql);
  }

  @Override
  void begin() throws DatabaseException {
    kept("BEGIN IMMEDIATE").run();
  }

  @Override
  void commit() throws DatabaseException {
    kept("COMMIT").run();
  }

  @Override
  void rollback() {
    try {
      kept("ROLLBACK").run();
    } catch (DatabaseException rolledBackAlready) {
      // The database ends the transaction by itself on most errors.
    }
  }

  @Override
  void waitUntil(long deadline) {
    busyHandler.waitUntil(deadline);
  }

  /**
   * Lets go of the statements, and with them of every lock. The connection is left to the end of
   * the process, which is near: the last one that is closed moves the write-ahead log into the
   * database and waits for the disk.
   */
  @Override
  void close() {
    try {
      for (NativeQuery query : queries.values()) {
        query.finish();
      }
    } catch (DatabaseException alreadyBroken) {
      // There is nothing left to lose: whatever was acknowledged is committed.
    }
    queries.clear();
  }
}
