package dev.hookbus.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Several connections, for agents whose threads should not queue behind each other's reads or
 * another machine's answers. The classes of the pool are loaded only when more than one connection
 * is asked for.
 */
final class PooledConnections implements Connections {

  /** The pool's own lower limit for checking a connection. */
  private static final long SHORTEST_CHECK_MILLIS = 250;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Database database;
  private final ConnectionSource source;
  private final int size;
  private final Map<Connection, Session> sessions = new ConcurrentHashMap<>();
  private final ReentrantLock opening = new ReentrantLock();
  private @Nullable OpenFailure lastFailure;
  private volatile @Nullable HikariPool pool;
  private boolean closed;

  PooledConnections(Database database, ConnectionSource source, int size) {
    this.database = database;
    this.source = source;
    this.size = size;
  }

  @Override
  public <T> T with(Budget budget, Session.Work<T> work) throws StoreException {
    boolean interrupted = Thread.interrupted();
    try {
      HikariPool open = pool;
      boolean replaced = open != null && database.isReplaced();
      if (open == null || replaced) {
        open = openInPlaceOf(open, budget);
      }
      try {
        return run(open, budget, work);
      } catch (DatabaseException e) {
        if (database.isDisconnect(e) && budget.leftNanos() > 0) {
          // The server was restarted while nobody asked it; whatever we do there may be repeated.
          return runAgain(open, budget, work);
        }
        throw new StoreException(database.explain(e), e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public <T> T write(Budget budget, boolean atomic, Session.Work<T> work) throws StoreException {
    return with(budget, SharedCommits.Write.alone(atomic, work));
  }

  private <T> T runAgain(HikariPool open, Budget budget, Session.Work<T> work)
      throws StoreException {
    open.softEvictConnections();
    try {
      return run(open, budget, work);
    } catch (DatabaseException e) {
      throw new StoreException(database.explain(e), e);
    }
  }

  private <T> T run(HikariPool open, Budget budget, Session.Work<T> work)
      throws DatabaseException, StoreException {
    long start = System.nanoTime();
    long deadline = start + budget.leftNanos();
    try (Connection lent = borrow(open, budget.leftNanos())) {
      Connection physical = lent.unwrap(Connection.class);
      Session session = session(physical);
      session.waitUntil(deadline);
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
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    } finally {
      budget.spend(System.nanoTime() - start);
    }
  }

  private Connection borrow(HikariPool open, long patienceNanos)
      throws DatabaseException, StoreException {
    try {
      return open.getConnection(Math.max(1, patienceNanos / NANOS_PER_MILLI));
    } catch (SQLTransientConnectionException e) {
      if (e.getNextException() != null || e.getCause() != null) {
        throw JdbcQuery.failure(e);
      }
      throw new StoreException(
          "all " + size + " connections are in use; raise HOOKBUS_POOL_SIZE", e);
    } catch (SQLException e) {
      throw JdbcQuery.failure(e);
    }
  }

  private Session session(Connection physical) throws SQLException {
    Session session = sessions.get(physical);
    if (session == null) {
      forgetClosed();
      session = source.session(physical);
      sessions.put(physical, session);
    }
    return session;
  }

  private void forgetClosed() throws SQLException {
    for (Iterator<Connection> known = sessions.keySet().iterator(); known.hasNext(); ) {
      if (known.next().isClosed()) {
        known.remove();
      }
    }
  }

  /**
   * A pool other than {@code outdated}, which ends first: SQLite joins the connections that a
   * process has to one file, so none to what the file was before may be left.
   */
  private HikariPool openInPlaceOf(@Nullable HikariPool outdated, Budget budget)
      throws StoreException {
    acquire(budget);
    try {
      if (closed) {
        throw new StoreException("the bus is closed", null);
      }
      if (pool == outdated) {
        shutDown();
      }
      HikariPool open = pool;
      if (open == null) {
        if (lastFailure != null) {
          lastFailure.throwIfRecent();
        }
        open = start(budget);
        pool = open;
      }
      return open;
    } finally {
      opening.unlock();
    }
  }

  private void acquire(Budget budget) throws StoreException {
    long start = System.nanoTime();
    boolean acquired = false;
    try {
      acquired = opening.tryLock(budget.leftNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    budget.spend(System.nanoTime() - start);
    if (!acquired) {
      throw new StoreException(
          "the store is still being opened; HOOKBUS_BUDGET_MS sets how long a call waits", null);
    }
  }

  private HikariPool start(Budget budget) throws StoreException {
    try {
      // The first session makes or checks the tables before the pool opens more.
      database.open(budget).close();
    } catch (StoreException e) {
      lastFailure = OpenFailure.now(e);
      throw e;
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("hookbus");
    config.setDataSource(source.dataSource());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(source.idleMillis() == 0 ? 1 : 0);
    config.setIdleTimeout(source.idleMillis());
    config.setMaxLifetime(0);
    config.setConnectionTimeout(SHORTEST_CHECK_MILLIS);
    config.setValidationTimeout(SHORTEST_CHECK_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(
        task -> {
          Thread thread = new Thread(task, "hookbus-pool");
          thread.setDaemon(true);
          return thread;
        });
    config.validate();
    try {
      return new HikariPool(config);
    } catch (PoolInitializationException e) {
      throw new StoreException("the connection pool could not start", e);
    }
  }

  @Override
  public void close() {
    opening.lock();
    try {
      closed = true;
      shutDown();
    } finally {
      opening.unlock();
    }
  }

  private void shutDown() {
    HikariPool open = pool;
    pool = null;
    sessions.clear();
    if (open != null) {
      try {
        open.shutdown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
