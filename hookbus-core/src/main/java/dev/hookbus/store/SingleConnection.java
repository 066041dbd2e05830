package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final SharedCommits sharedCommits = new SharedCommits();
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
        release();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public <T> T write(Budget budget, boolean atomic, Session.Work<T> work) throws StoreException {
    boolean interrupted = Thread.interrupted();
    try {
      if (!sharedCommits.isAnybodyWaiting() && lock.tryLock()) {
        try {
          return run(budget, SharedCommits.Write.alone(atomic, work));
        } finally {
          release();
        }
      }
      SharedCommits.Write<T> write = sharedCommits.join(atomic, work);
      long start = System.nanoTime();
      while (!write.isDone()) {
        long left = budget.leftNanos() - (System.nanoTime() - start);
        if (lock.tryLock()) {
          lead(write, Budget.of(Duration.ofNanos(Math.max(0, left))));
        } else if (left <= 0 && sharedCommits.leave(write)) {
          budget.spend(System.nanoTime() - start);
          sharedCommits.wakeNext();
          throw busy();
        } else {
          write.await(left);
          interrupted |= Thread.interrupted();
        }
      }
      budget.spend(System.nanoTime() - start);
      return write.result();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does this thread's work and that of all who wait, with the lock held; gives it back. */
  private void lead(SharedCommits.Write<?> own, Budget budget) {
    List<SharedCommits.Write<?>> group = new ArrayList<>();
    try {
      if (sharedCommits.leave(own)) {
        group.add(own);
        if (sharedCommits.isAnybodyWaiting()) {
          sharedCommits.gather();
          doTogether(group, budget);
        } else {
          doAlone(own, budget);
        }
      }
    } finally {
      release();
      for (SharedCommits.Write<?> each : group) {
        each.finish();
      }
    }
  }

  private void doTogether(List<SharedCommits.Write<?>> group, Budget budget) {
    try {
      Session open = openSession(budget);
      open.waitUntil(System.nanoTime() + budget.leftNanos());
      open.begin();
      // Only now: who waits longer than this thread can may still get the lock later.
      sharedCommits.takeInto(group);
      if (!SharedCommits.commit(open, group)) {
        discardSession();
        for (SharedCommits.Write<?> each : group) {
          doAlone(each, budget);
        }
      }
    } catch (StoreException e) {
      SharedCommits.fail(group, e);
    } catch (DatabaseException e) {
      giveUpAfter(e);
      SharedCommits.fail(group, new StoreException(database.explain(e), e));
    }
  }

  private <T> void doAlone(SharedCommits.Write<T> write, Budget budget) {
    write.settle(Attempt.capture(() -> run(budget, write.alone())));
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
      giveUpAfter(e);
      throw e;
    } finally {
      budget.spend(System.nanoTime() - start);
    }
  }

  private void giveUpAfter(DatabaseException failure) {
    if (database.poisons(failure)) {
      discardSession();
      database.repairAfter(failure);
    }
  }

  private void release() {
    lock.unlock();
    sharedCommits.wakeNext();
  }

  private static StoreException busy() {
    return new StoreException(
        "the store is busy with calls of other threads; HOOKBUS_BUDGET_MS sets how long a call"
            + " waits, HOOKBUS_DURABILITY=async takes the log off the callers",
        null);
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
        throw busy();
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
      release();
    }
  }
}
