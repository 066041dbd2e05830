package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import dev.hookbus.safety.LoggingBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.core.NativeDB;

/**
 * The native methods of the one version of the SQLite driver that was tried, without JDBC above
 * them: what JDBC loads and computes before its first statement takes a hook longer than its work.
 * Whatever is not as expected, there is none and JDBC is used.
 */
final class NativeDriver {

  /** {@code native} uses the driver's native methods if it can, anything else uses JDBC. */
  static final String PROPERTY = "hookbus.sqlite";

  private static final String TRIED_VERSION = "3.54.1";

  private static @Nullable NativeDriver instance;
  private static boolean looked;

  private final Method open;
  private final Method exec;
  private final Method prepare;
  private final Method finalizeStatement;
  private final Method bindNull;
  private final Method bindLong;
  private final Method bindDouble;
  private final Method bindText;
  private final Method bindBlob;
  private final Method errmsg;

  private NativeDriver() throws NoSuchMethodException {
    open = method("_open_utf8", byte[].class, int.class);
    exec = method("_exec_utf8", byte[].class);
    prepare = method("prepare_utf8", byte[].class);
    finalizeStatement = method("finalize", long.class);
    bindNull = method("bind_null", long.class, int.class);
    bindLong = method("bind_long", long.class, int.class, long.class);
    bindDouble = method("bind_double", long.class, int.class, double.class);
    bindText = method("bind_text_utf8", long.class, int.class, byte[].class);
    bindBlob = method("bind_blob", long.class, int.class, byte[].class);
    errmsg = method("errmsg");
  }

  private static Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
    Method method = NativeDB.class.getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  /** The driver, or {@code null} where JDBC is to be used. */
  static synchronized @Nullable NativeDriver orNull() {
    if (!"native".equals(System.getProperty(PROPERTY))) {
      return null;
    }
    if (!looked) {
      looked = true;
      Attempt<NativeDriver> found =
          Attempt.shield(
              new Callable<>() {
                @Override
                public NativeDriver call() throws Exception {
                  return load();
                }
              });
      instance = found.error() == null ? found.value() : null;
    }
    return instance;
  }

  /**
   * Loads the library by the driver's own loader, which from then on knows that it is there: two
   * copies of it would crash the process.
   */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // the lock the driver itself loads under
  private static NativeDriver load() throws Exception {
    LoggingBackend.spareTheSearch();
    NativeDriver driver = new NativeDriver();
    synchronized (SQLiteJDBCLoader.class) {
      if (System.getProperty("org.sqlite.lib.path") != null) {
        // The loader's own way to here looks through the temporary directory first.
        Method load = SQLiteJDBCLoader.class.getDeclaredMethod("loadSQLiteNativeLibrary");
        load.setAccessible(true);
        load.invoke(null);
      }
      if (!NativeDB.load()) {
        throw new IllegalStateException("the driver has no native library");
      }
    }
    String version = new NativeDB("", "", null).libversion();
    if (!version.equals(TRIED_VERSION)) {
      throw new IllegalStateException("tried with SQLite " + TRIED_VERSION + ", not " + version);
    }
    return driver;
  }

  /** Opens the file, made by somebody else already, with nothing set. */
  NativeDB open(Path file) throws DatabaseException {
    NativeDB database;
    try {
      database = new NativeDB("", "", null);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
    int readAndWrite = 2;
    call(open, database, utf8(file.toString()), readAndWrite);
    return database;
  }

  /** Runs statements that give nothing back. */
  void exec(NativeDB database, String sql) throws DatabaseException {
    check(database, (int) call(exec, database, utf8(sql)));
  }

  long prepare(NativeDB database, String sql) throws DatabaseException {
    return (long) call(prepare, database, utf8(sql));
  }

  void finish(NativeDB database, long statement) throws DatabaseException {
    call(finalizeStatement, database, statement);
  }

  void bind(NativeDB database, long statement, int index, long value) throws DatabaseException {
    check(database, (int) call(bindLong, database, statement, index, value));
  }

  void bind(NativeDB database, long statement, int index, double value) throws DatabaseException {
    check(database, (int) call(bindDouble, database, statement, index, value));
  }

  void bind(NativeDB database, long statement, int index, @Nullable String text)
      throws DatabaseException {
    int code =
        text == null
            ? (int) call(bindNull, database, statement, index)
            : (int) call(bindText, database, statement, index, utf8(text));
    check(database, code);
  }

  void bind(NativeDB database, long statement, int index, byte @Nullable [] bytes)
      throws DatabaseException {
    int code =
        bytes == null
            ? (int) call(bindNull, database, statement, index)
            : (int) call(bindBlob, database, statement, index, bytes);
    check(database, code);
  }

  /** Throws what {@code code} says, unless it says that all is well. */
  void check(NativeDB database, int code) throws DatabaseException {
    if (code != 0) {
      throw failure(database, code);
    }
  }

  DatabaseException failure(NativeDB database, int code) {
    Attempt<Object> message = Attempt.shield(() -> errmsg.invoke(database));
    return new DatabaseException(
        message.error() == null ? String.valueOf(message.value()) : "code " + code,
        code,
        null,
        null);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("NullAway") // the natives that give nothing back are called for their effect
  private static Object call(Method method, NativeDB database, Object... arguments)
      throws DatabaseException {
    try {
      return method.invoke(database, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw JdbcQuery.failure(failure);
      }
      throw new DatabaseException(String.valueOf(e.getCause()), 1, null, e);
    } catch (IllegalAccessException e) {
      throw new DatabaseException(e.getMessage(), 1, null, e);
    }
  }
}
