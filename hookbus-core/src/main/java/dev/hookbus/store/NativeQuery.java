package dev.hookbus.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.sqlite.core.NativeDB;

/** A query, and the rows of its current use, by way of the driver's native methods. */
final class NativeQuery implements Query, Rows {

  private static final int ROW = 100;
  private static final int DONE = 101;
  private static final int NULL = 5;

  private final NativeDriver driver;
  private final NativeDB database;
  private final long statement;

  NativeQuery(NativeDriver driver, NativeDB database, String sql) throws DatabaseException {
    this.driver = driver;
    this.database = database;
    this.statement = driver.prepare(database, sql);
  }

  @Override
  public void bind(int index, long value) throws DatabaseException {
    driver.bind(database, statement, index, value);
  }

  @Override
  public void bind(int index, double value) throws DatabaseException {
    driver.bind(database, statement, index, value);
  }

  @Override
  public void bind(int index, @Nullable String text) throws DatabaseException {
    driver.bind(database, statement, index, text);
  }

  @Override
  public void bind(int index, byte @Nullable [] bytes) throws DatabaseException {
    driver.bind(database, statement, index, bytes);
  }

  @Override
  public void bindNull(int index) throws DatabaseException {
    driver.bind(database, statement, index, (String) null);
  }

  @Override
  public int update() throws DatabaseException {
    run();
    return (int) database.changes();
  }

  @Override
  public Rows rows() {
    return this;
  }

  /** Runs the statement to its end, passing over rows. */
  void run() throws DatabaseException {
    try {
      while (next()) {
        // Only its effect is wanted.
      }
    } finally {
      close();
    }
  }

  @Override
  public boolean next() throws DatabaseException {
    int code = database.step(statement);
    if (code == ROW) {
      return true;
    }
    if (code == DONE) {
      close();
      return false;
    }
    DatabaseException failure = driver.failure(database, code);
    close();
    throw failure;
  }

  @Override
  public long getLong(int column) {
    return database.column_long(statement, column - 1);
  }

  @Override
  public int getInt(int column) {
    return database.column_int(statement, column - 1);
  }

  @Override
  public double getDouble(int column) {
    return database.column_double(statement, column - 1);
  }

  @Override
  public @Nullable String getTextOrNull(int column) {
    return isNull(column) ? null : database.column_text(statement, column - 1);
  }

  @Override
  public byte @Nullable [] getBytesOrNull(int column) {
    return isNull(column) ? null : bytes(column);
  }

  @Override
  public boolean isNull(int column) {
    return database.column_type(statement, column - 1) == NULL;
  }

  @Override
  public String getText(int column) {
    return requireNonNull(getTextOrNull(column));
  }

  @Override
  public byte[] getBytes(int column) {
    return requireNonNull(getBytesOrNull(column));
  }

  /** The driver gives nothing for a blob without bytes. */
  private byte[] bytes(int column) {
    byte[] bytes = database.column_blob(statement, column - 1);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Ends this use; bindings stay. A failure was told by the step that met it. */
  @Override
  public void close() {
    int unused = database.reset(statement);
  }

  void finish() throws DatabaseException {
    driver.finish(database, statement);
  }
}
