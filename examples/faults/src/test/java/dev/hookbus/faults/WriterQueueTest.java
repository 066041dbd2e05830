package dev.hookbus.faults;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.Settlement;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.store.Budget;
import dev.hookbus.store.Execution;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.Store;
import dev.hookbus.store.StoreAdmin;
import dev.hookbus.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The queue between callers and the writer thread must look as if there were none: once it has been
 * flushed, what was recorded before is in the store.
 */
class WriterQueueTest {

  private static final Execution EXECUTION =
      new Execution(
          "0123456789abcdef",
          "run",
          "session",
          "hook",
          "event",
          null,
          ExecutionStatus.SUCCESS,
          0,
          0,
          0,
          false,
          null,
          false,
          null);

  private static Budget patience() {
    return Budget.of(Duration.ofMinutes(1));
  }

  /** The queue, before a store that only counts. */
  public static class Queue {
    private final AtomicInteger stored = new AtomicInteger();
    private final Store store =
        Store.groupCommitting(new CountingStore(stored), (failure, lost) -> {});

    /** Hands a record over. */
    @Operation
    public void record() throws StoreException {
      store.record(List.of(EXECUTION), patience());
    }

    /** How many records are in the store once it has been flushed. */
    @Operation
    public int flushed() {
      long left = store.flush(patience());
      return left == 0 ? stored.get() : -1;
    }

    /** Leaves no writer thread behind. */
    @Validate
    public void end() {
      store.close();
    }

    /** Ends the queue; what comes later is written at once. */
    @Operation(runOnce = true)
    public void close() {
      store.close();
    }
  }

  /** What the queue must look like: a number. */
  public static class Counter {
    private int stored;

    /** One more. */
    public void record() {
      stored++;
    }

    /** How many. */
    public int flushed() {
      return stored;
    }

    /** Changes nothing. */
    public void close() {}
  }

  private record CountingStore(AtomicInteger stored) implements Store {

    @Override
    public void record(List<Execution> executions, Budget budget) {
      stored.addAndGet(executions.size());
    }

    @Override
    public Claim claim(ClaimRequest request, Budget budget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean settle(Settlement settlement, Budget budget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean settleAndRecord(Settlement settlement, Execution execution, Budget budget) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long flush(Budget budget) {
      return 0;
    }

    @Override
    public Outbox outbox() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StoreAdmin admin() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void queue_isLinearizable() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(1)
        .iterations(15)
        .invocationsPerIteration(100)
        .sequentialSpecification(Counter.class)
        .check(Queue.class);
  }
}
