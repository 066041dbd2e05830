package dev.hookbus.store;

import dev.hookbus.safety.Attempt;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads that wait for the one connection share a commit: whoever has the connection does the
 * work of all who wait, in one transaction, and each returns when that is committed. A commit costs
 * as much as the work of several, and so does waking a thread to let it do its own.
 */
final class SharedCommits {

  /** Larger groups gain little, and the first of a group waits for the last. */
  private static final int LARGEST_GROUP = 64;

  private final Queue<Write<?>> waiting = new ConcurrentLinkedQueue<>();

  boolean isAnybodyWaiting() {
    return !waiting.isEmpty();
  }

  /** Wakes who waits longest, so that it takes the connection if that is still free. */
  void wakeNext() {
    Write<?> next = waiting.peek();
    if (next != null) {
      LockSupport.unpark(next.owner);
    }
  }

  /** Joins those who wait. */
  <T> Write<T> join(boolean atomic, Session.Work<T> work) {
    Write<T> write = new Write<>(atomic, work);
    waiting.add(write);
    return write;
  }

  /** Leaves those who wait; answers {@code false} if another thread has taken the work already. */
  boolean leave(Write<?> write) {
    return write.take() && waiting.remove(write);
  }

  /**
   * Lets threads that are about to ask do so, as long as more come. Where threads outnumber
   * processors the ones that a commit has just let go are still on their way back.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a scheduler that ignores it costs a smaller group
  void gather() {
    int before;
    int now = waiting.size();
    do {
      before = now;
      Thread.yield();
      now = waiting.size();
    } while (now > before && now < LARGEST_GROUP);
  }

  /** Takes the work of those who wait. */
  void takeInto(List<Write<?>> group) {
    Write<?> next;
    while (group.size() < LARGEST_GROUP && (next = waiting.poll()) != null) {
      if (next.take()) {
        group.add(next);
      }
    }
  }

  /**
   * Does work in a transaction that has begun, and commits it.
   *
   * @return whether it is done; if some of it failed, all is undone, since nobody's failure may
   *     touch another's work
   * @throws DatabaseException if the commit failed
   */
  static boolean commit(Session session, List<Write<?>> group) throws DatabaseException {
    boolean done = false;
    try {
      for (Write<?> write : group) {
        if (!write.attempt(session)) {
          return false;
        }
      }
      session.commit();
      done = true;
      return true;
    } finally {
      if (!done) {
        session.rollback();
      }
    }
  }

  static void fail(List<Write<?>> group, StoreException failure) {
    for (Write<?> write : group) {
      write.fail(failure);
    }
  }

  /** One thread's work, while another may do it. */
  static final class Write<T> {

    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int DONE = 2;
    private static final long TAKEN_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final boolean atomic;
    private final Session.Work<T> work;
    private final Thread owner = Thread.currentThread();
    private final AtomicInteger state = new AtomicInteger(WAITING);
    private @Nullable Attempt<T> outcome;

    private Write(boolean atomic, Session.Work<T> work) {
      this.atomic = atomic;
      this.work = work;
    }

    /** The work as it is done when it is alone. */
    Session.Work<T> alone() {
      return alone(atomic, work);
    }

    static <T> Session.Work<T> alone(boolean atomic, Session.Work<T> work) {
      if (atomic) {
        return work;
      }
      return new Session.Work<>() {
        @Override
        public T with(Session session) throws DatabaseException {
          return session.inTransaction(work);
        }
      };
    }

    boolean isDone() {
      return state.get() == DONE;
    }

    /** Lets the owner go on with what became of its work. */
    void finish() {
      state.set(DONE);
      LockSupport.unpark(owner);
    }

    /** Waits until there may be something to do, or for so long. */
    void await(long nanos) {
      LockSupport.parkNanos(this, nanos > 0 ? nanos : TAKEN_LOOK_NANOS);
    }

    void settle(Attempt<T> result) {
      outcome = result;
    }

    void fail(StoreException failure) {
      outcome =
          Attempt.capture(
              () -> {
                throw failure;
              });
    }

    /** What came of the work. */
    T result() throws StoreException {
      Attempt<T> settled = outcome;
      if (settled == null) {
        throw new StoreException("the thread that did this work failed", null);
      }
      Throwable error = settled.error();
      if (error instanceof StoreException storeException) {
        throw storeException;
      }
      if (error != null) {
        Attempt.rethrow(error);
      }
      return settled.value();
    }

    private boolean take() {
      return state.compareAndSet(WAITING, TAKEN);
    }

    private boolean attempt(Session session) {
      outcome = Attempt.capture(() -> work.with(session));
      return outcome.error() == null;
    }
  }
}
