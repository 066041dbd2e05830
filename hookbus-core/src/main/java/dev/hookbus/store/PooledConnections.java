package dev.hookbus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Several connections, for agents whose threads should not queue behind each other's reads. The
 * classes of the pool are loaded only when more than one connection is asked for.
 */
final class PooledConnections implements Connections {

  /** The pool's own lower limit for waiting. */
  private static final long SHORTEST_WAIT_MILLIS = 250;

  private final SqliteDatabase database;
  private final int size;
  private final Map<Connection, Session> sessions = new ConcurrentHashMap<>();
  private @Nullable HikariDataSource pool;
  private boolean closed;

  PooledConnections(SqliteDatabase database, int size) {
    this.database = database;
    this.size = size;
  }

  @Override
  public <T> T with(Budget budget, Session.Work<T> work) throws StoreException {
    boolean interrupted = Thread.interrupted();
    try {
      HikariDataSource open = pool();
      long start = System.nanoTime();
      try (Connection lent = open.getConnection()) {
        Connection physical = lent.unwrap(org.sqlite.SQLiteConnection.class);
        Session session = sessions.get(physical);
        if (session == null) {
          session = SqliteJdbc.session(physical);
          sessions.put(physical, session);
        }
        return run(open, lent, physical, session, start, budget, work);
      } catch (SQLTransientConnectionException e) {
        throw new StoreException(
            "all " + size + " connections are in use; raise HOOKBUS_POOL_SIZE", e);
      } catch (SQLException e) {
        throw new StoreException(database.explain(JdbcQuery.failure(e)), e);
      } catch (DatabaseException e) {
        throw new StoreException(database.explain(e), e);
      } finally {
        budget.spend(System.nanoTime() - start);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T run(
      HikariDataSource open,
      Connection lent,
      Connection physical,
      Session session,
      long start,
      Budget budget,
      Session.Work<T> work)
      throws DatabaseException {
    session.waitUntil(start + budget.leftNanos());
    try {
      return work.with(session);
    } catch (DatabaseException e) {
      if (database.poisons(e)) {
        sessions.remove(physical);
        open.evictConnection(lent);
        database.repairAfter(e);
      }
      throw e;
    }
  }

  private synchronized HikariDataSource pool() throws StoreException {
    if (closed) {
      throw new StoreException("the bus is closed", null);
    }
    HikariDataSource open = pool;
    if (open != null) {
      if (database.isReplaced()) {
        sessions.clear();
        open.getHikariPoolMXBean().softEvictConnections();
        database.open().close();
      }
      return open;
    }
    // The first session makes or checks the tables before the pool opens more.
    database.open().close();
    HikariConfig config = new HikariConfig();
    config.setPoolName("hookbus");
    config.setDataSource(SqliteJdbc.dataSource(database.file(), database.flushEveryCommit()));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setMaxLifetime(0);
    config.setConnectionTimeout(SHORTEST_WAIT_MILLIS);
    config.setThreadFactory(
        task -> {
          Thread thread = new Thread(task, "hookbus-pool");
          thread.setDaemon(true);
          return thread;
        });
    try {
      open = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new StoreException("the connection pool could not start", e);
    }
    pool = open;
    return open;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
      pool = null;
    }
    sessions.clear();
  }
}
