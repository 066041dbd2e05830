package dev.hookbus.store;

import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** A PostgreSQL server that a fleet shares. */
final class PostgresDatabase implements Database, ConnectionSource {

  private static final String DRIVER = "org.postgresql.Driver";

  /** An attempt to connect that nobody waits for any more ends after so many seconds. */
  private static final String ABANDONED_SECONDS = "10";

  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final StoreUrl url;
  private final boolean makeTables;
  private final LongSupplier clockOffset;

  PostgresDatabase(PostgresSettings settings) {
    this.url = settings.url();
    this.makeTables = settings.makeTables();
    this.clockOffset = settings.clockOffsetMillis();
  }

  @Override
  public Session open(Budget budget) throws StoreException {
    long start = System.nanoTime();
    long deadline = start + budget.leftNanos();
    try {
      Session session = new PostgresSession(connect(budget.leftNanos()));
      session.waitUntil(deadline);
      boolean sound = false;
      try {
        PostgresSchema.prepare(session, makeTables);
        sound = true;
        return session;
      } finally {
        if (!sound) {
          session.close();
        }
      }
    } catch (DatabaseException e) {
      throw new StoreException(explain(e), e);
    } finally {
      budget.spend(System.nanoTime() - start);
    }
  }

  private Connection connect(long patienceNanos) throws DatabaseException, StoreException {
    Properties properties = properties();
    // The driver connects on a thread of its own and lets the caller go after so many seconds.
    properties.setProperty(
        "loginTimeout", String.valueOf(Math.max(1, patienceNanos / 1_000_000) / 1000.0));
    try {
      Connection connection = driver().connect(url.jdbc(), properties);
      if (connection == null) {
        throw new DatabaseException("the driver does not know the URL", 0, "08001", null);
      }
      return connection;
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  /** The driver is there only where somebody wants a shared store. */
  private static Driver driver() throws StoreException {
    try {
      return Class.forName(DRIVER).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new StoreException(
          "HOOKBUS_STORE_URL needs PostgreSQL's driver; add org.postgresql:postgresql to the class"
              + " path",
          e);
    }
  }

  /** Properties that hold where the URL says nothing else. */
  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "hookbus");
    // Saves the round trip in which the driver asks; all that is supported is newer.
    properties.setProperty("assumeMinServerVersion", "12");
    properties.setProperty("connectTimeout", ABANDONED_SECONDS);
    properties.setProperty("socketTimeout", ABANDONED_SECONDS);
    properties.setProperty("loginTimeout", ABANDONED_SECONDS);
    return properties;
  }

  @Override
  public DataSource dataSource() {
    return new DriverDataSource(url.jdbc(), DRIVER, properties(), null, null);
  }

  @Override
  public Session session(Connection connection) {
    return new PostgresSession(connection);
  }

  @Override
  public long idleMillis() {
    return IDLE_MILLIS;
  }

  @Override
  public String explain(DatabaseException failure) {
    return PostgresErrors.explain(url, failure);
  }

  @Override
  public boolean poisons(DatabaseException failure) {
    return PostgresErrors.poisonsConnection(failure);
  }

  @Override
  public boolean isDisconnect(DatabaseException failure) {
    return PostgresErrors.isDisconnect(failure);
  }

  @Override
  public String location() {
    return url.toString();
  }

  @Override
  public String engine(Session session) throws DatabaseException {
    return "PostgreSQL " + session.text("SHOW server_version");
  }

  @Override
  public int schemaVersion(Session session) throws DatabaseException {
    return PostgresSchema.version(session);
  }

  @Override
  public long bytes(Session session) throws DatabaseException {
    return session.number(
        """
        SELECT pg_total_relation_size('hook_logs') + pg_total_relation_size('dedupe_keys')
          + pg_total_relation_size('hook_metrics')
        """);
  }

  @Override
  public boolean hasOneWriter() {
    return false;
  }

  @Override
  public int giveBackSpace(Session session, Pace pace) {
    return 0; // the server's own vacuum does
  }

  @Override
  public ExpiredKeys expiredKeys(DedupeKeys keys) {
    return new IndexedKeys(clockOffset);
  }
}
