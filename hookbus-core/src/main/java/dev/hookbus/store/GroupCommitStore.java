package dev.hookbus.store;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.safety.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Records through a bounded queue and one writer thread, so that a guard pays for an enqueue
 * instead of a commit. A long queue holds callers back, within their budgets; what they brought is
 * taken all the same. While the store is away they are not held, and when the queue is full they
 * write for themselves: what fails is seen and counted by the guard it belongs to, and nothing is
 * dropped silently.
 */
final class GroupCommitStore implements Store {

  private static final int CAPACITY = 16_384;
  private static final int HIGH = 8_192;
  private static final int LOW = 2_048;
  private static final int LARGEST_GROUP = 512;
  private static final Duration GROUP_PATIENCE = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /** The writer looks so often, instead of being woken by callers: a wake-up costs the caller. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** After so many empty looks the writer sleeps until a caller wakes it. */
  private static final int IDLE_POLLS = 200;

  private final Store store;
  private final ObjIntConsumer<Throwable> onLost;
  private final ArrayBlockingQueue<Execution> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Backpressure backpressure = new Backpressure(HIGH, LOW);
  private final ReentrantLock lifecycle = new ReentrantLock();
  private volatile boolean asleep;
  private volatile boolean closed;
  private volatile @Nullable Thread writer;

  GroupCommitStore(Store store, ObjIntConsumer<Throwable> onLost) {
    this.store = store;
    this.onLost = onLost;
  }

  @Override
  public Claim claim(ClaimRequest request, Budget budget) throws StoreException {
    return store.claim(request, budget);
  }

  @Override
  public boolean settle(Settlement settlement, Budget budget) throws StoreException {
    return store.settle(settlement, budget);
  }

  @Override
  public boolean settleAndRecord(Settlement settlement, Execution execution, Budget budget)
      throws StoreException {
    record(List.of(execution), budget);
    return store.settle(settlement, budget);
  }

  @Override
  public void record(List<Execution> executions, Budget budget) throws StoreException {
    for (Execution execution : executions) {
      // Counted before the writer can see it, or a flush could take it for somebody else's record.
      backpressure.accepted();
      if (closed || !queue.offer(execution)) {
        backpressure.written(1);
        store.record(List.of(execution), budget);
        continue;
      }
      wakeWriter();
      if (closed && queue.remove(execution)) {
        // The bus was closed between our look and our offer; nobody will come for it any more.
        backpressure.written(1);
        store.record(List.of(execution), budget);
      } else if (backpressure.isHigh()) {
        backpressure.await(budget);
      }
    }
  }

  @Override
  public long flush(Budget budget) {
    long target = backpressure.acceptedInAll();
    long end = System.nanoTime() + budget.leftNanos();
    LockSupport.unpark(writer);
    while (backpressure.writtenInAll() < target && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, POLL_NANOS);
    }
    return Math.max(0, target - backpressure.writtenInAll());
  }

  @Override
  public Outbox outbox() {
    return store.outbox();
  }

  @Override
  public StoreAdmin admin() {
    return store.admin();
  }

  @Override
  public void close() {
    lifecycle.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      backpressure.lift(true);
      Thread thread = writer;
      if (thread != null) {
        LockSupport.unpark(thread);
        Ending.await(thread, CLOSE_PATIENCE);
      }
      writeRest();
    } finally {
      lifecycle.unlock();
      store.close();
    }
  }

  private void wakeWriter() {
    if (writer == null) {
      startWriter();
    } else if (asleep) {
      asleep = false;
      LockSupport.unpark(writer);
    }
  }

  private void startWriter() {
    lifecycle.lock();
    try {
      if (writer == null && !closed) {
        Thread thread = new Thread(this::write, "hookbus-writer");
        thread.setDaemon(true);
        writer = thread;
        thread.start();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private void write() {
    List<Execution> group = new ArrayList<>(LARGEST_GROUP);
    int emptyLooks = 0;
    while (!closed || !group.isEmpty()) {
      if (group.isEmpty()) {
        queue.drainTo(group, LARGEST_GROUP);
      }
      if (!group.isEmpty()) {
        emptyLooks = 0;
        Throwable failure = tryToRecord(group);
        if (failure == null) {
          group.clear();
        } else if (closed) {
          lose(group.size(), failure);
          return;
        } else {
          LockSupport.parkNanos(this, RETRY_NANOS);
        }
      } else if (++emptyLooks < IDLE_POLLS) {
        LockSupport.parkNanos(this, POLL_NANOS);
      } else {
        sleep();
      }
    }
  }

  private @Nullable Throwable tryToRecord(List<Execution> group) {
    Throwable failure = Attempt.run(() -> store.record(group, Budget.of(GROUP_PATIENCE)));
    backpressure.lift(failure != null);
    if (failure == null) {
      backpressure.written(group.size());
    }
    return failure;
  }

  private void sleep() {
    asleep = true;
    // A record that came before the flag was up woke nobody.
    if (queue.isEmpty() && !closed) {
      LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
    }
    asleep = false;
  }

  /** What arrived between the writer's last look and the end. */
  private void writeRest() {
    List<Execution> rest = new ArrayList<>();
    queue.drainTo(rest);
    if (rest.isEmpty()) {
      return;
    }
    Throwable failure = tryToRecord(rest);
    if (failure != null) {
      lose(rest.size(), failure);
    }
  }

  private void lose(int records, Throwable failure) {
    backpressure.written(records);
    onLost.accept(failure, records);
  }
}
