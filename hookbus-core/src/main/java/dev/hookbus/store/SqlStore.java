package dev.hookbus.store;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.Settlement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The store in a database: every call is a transaction on the caller's thread. */
final class SqlStore implements Store {

  /** A process that has written so often is no one-shot hook. */
  private static final int WRITES_OF_AN_AGENT = 100;

  private final Connections connections;
  private final DedupeKeys keys;
  private final HookLogs logs = new HookLogs();
  private final LongSupplier clockOffset;
  private final SqliteDatabase database;
  private final boolean leavesLogToOthers;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile @Nullable Checkpointer checkpointer;
  private boolean closed;

  SqlStore(SqliteSettings settings) {
    this.database = new SqliteDatabase(settings);
    this.leavesLogToOthers = settings.poolSize() == 1;
    this.connections =
        settings.poolSize() > 1
            ? new PooledConnections(database, new SqliteJdbc(database), settings.poolSize())
            : new SingleConnection(database);
    this.clockOffset = settings.clockOffsetMillis();
    this.keys = new DedupeKeys(clockOffset);
  }

  @Override
  public Claim claim(ClaimRequest request, Budget budget) throws StoreException {
    return write(
        budget,
        true,
        new Session.Work<>() {
          @Override
          public Claim with(Session session) throws DatabaseException {
            return keys.claim(session, request);
          }
        });
  }

  @Override
  public boolean settle(Settlement settlement, Budget budget) throws StoreException {
    return write(budget, true, session -> keys.settle(session, settlement));
  }

  @Override
  public boolean settleAndRecord(Settlement settlement, Execution execution, Budget budget)
      throws StoreException {
    long entered = System.nanoTime();
    return write(
        budget,
        false,
        new Session.Work<>() {
          @Override
          public Boolean with(Session session) throws DatabaseException {
            boolean held = keys.settle(session, settlement);
            logs.insert(session, execution, entered);
            return held;
          }
        });
  }

  @Override
  public void record(List<Execution> executions, Budget budget) throws StoreException {
    if (executions.isEmpty()) {
      return;
    }
    long entered = System.nanoTime();
    if (executions.size() == 1) {
      Execution only = executions.get(0);
      write(
          budget,
          true,
          new Session.Work<>() {
            @Override
            public Boolean with(Session session) throws DatabaseException {
              logs.insert(session, only, entered);
              return true;
            }
          });
      return;
    }
    write(
        budget,
        false,
        session -> {
          for (Execution execution : executions) {
            logs.insert(session, execution, System.nanoTime());
          }
          return true;
        });
  }

  private <T> T write(Budget budget, boolean atomic, Session.Work<T> work) throws StoreException {
    T result = connections.write(budget, atomic, work);
    wrote();
    return result;
  }

  private void wrote() {
    if (!leavesLogToOthers) {
      return;
    }
    Checkpointer running = checkpointer;
    if (running != null) {
      running.wrote();
    } else if (writes.get() < WRITES_OF_AN_AGENT
        && writes.incrementAndGet() == WRITES_OF_AN_AGENT) {
      startCheckpointer();
    }
  }

  private synchronized void startCheckpointer() {
    if (!closed) {
      checkpointer = Checkpointer.start(database, connections);
    }
  }

  private synchronized @Nullable Checkpointer endCheckpointer() {
    closed = true;
    return checkpointer;
  }

  /** Made when it is asked for: most hooks do not. */
  @Override
  public Outbox outbox() {
    OutboxRows rows = new OutboxRows(clockOffset);
    return new SqlOutbox(connections, rows, new EventFeed(rows), clockOffset);
  }

  @Override
  public long flush(Budget budget) {
    return 0; // every call commits before it returns
  }

  @Override
  public StoreAdmin admin() {
    EventFeed feed = new EventFeed(new OutboxRows(clockOffset));
    return new SqlStoreAdmin(database, connections, keys, logs, feed, clockOffset, this::wrote);
  }

  @Override
  public void close() {
    Checkpointer running = endCheckpointer();
    if (running != null) {
      running.close();
    }
    connections.close();
  }
}
