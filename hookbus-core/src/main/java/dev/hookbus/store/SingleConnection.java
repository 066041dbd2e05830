package dev.hookbus.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when it is first needed and lent to one thread at a time. A hook needs no
 * more, and a file that takes one writer gains nothing from more.
 */
final class SingleConnection implements Connections {

  private final Database database;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Session session;
  private @Nullable OpenFailure lastFailure;
  private boolean closed;

  SingleConnection(Database database) {
    this.database = database;
  }

  @Override
  public <T> T with(Budget budget, Session.Work<T> work) throws StoreException {
    // An interrupt is the host's business: it must neither fail our write nor get lost.
    boolean interrupted = Thread.interrupted();
    try {
      interrupted |= acquire(budget);
      try {
        return run(budget, work);
      } finally {
        lock.unlock();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T run(Budget budget, Session.Work<T> work) throws StoreException {
    boolean usedBefore = session != null;
    try {
      return run(openSession(budget), budget, work);
    } catch (DatabaseException e) {
      if (usedBefore && database.isDisconnect(e) && budget.leftNanos() > 0) {
        // The server was restarted while nobody asked it; whatever we do there may be repeated.
        return runAgain(budget, work);
      }
      throw new StoreException(database.explain(e), e);
    }
  }

  private <T> T runAgain(Budget budget, Session.Work<T> work) throws StoreException {
    try {
      return run(openSession(budget), budget, work);
    } catch (DatabaseException e) {
      throw new StoreException(database.explain(e), e);
    }
  }

  private <T> T run(Session open, Budget budget, Session.Work<T> work) throws DatabaseException {
    long start = System.nanoTime();
    open.waitUntil(start + budget.leftNanos());
    try {
      return work.with(open);
    } catch (DatabaseException e) {
      if (database.poisons(e)) {
        discardSession();
        database.repairAfter(e);
      }
      throw e;
    } finally {
      budget.spend(System.nanoTime() - start);
    }
  }

  /** Takes the lock. Answers whether the thread was interrupted meanwhile. */
  private boolean acquire(Budget budget) throws StoreException {
    boolean interrupted = false;
    long start = System.nanoTime();
    while (true) {
      try {
        long left = budget.leftNanos() - (System.nanoTime() - start);
        if (lock.tryLock(Math.max(0, left), TimeUnit.NANOSECONDS)) {
          budget.spend(System.nanoTime() - start);
          return interrupted;
        }
        budget.spend(System.nanoTime() - start);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        throw new StoreException(
            "the store is busy with calls of other threads; HOOKBUS_BUDGET_MS sets how long a call"
                + " waits, HOOKBUS_DURABILITY=async takes the log off the callers",
            null);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private Session openSession(Budget budget) throws StoreException {
    if (closed) {
      throw new StoreException("the bus is closed", null);
    }
    if (session != null && database.isReplaced()) {
      discardSession();
    }
    if (session != null) {
      return session;
    }
    if (lastFailure != null) {
      lastFailure.throwIfRecent();
    }
    try {
      Session opened = database.open(budget);
      session = opened;
      lastFailure = null;
      return opened;
    } catch (StoreException e) {
      lastFailure = OpenFailure.now(e);
      throw e;
    }
  }

  private void discardSession() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      discardSession();
    } finally {
      lock.unlock();
    }
  }
}
