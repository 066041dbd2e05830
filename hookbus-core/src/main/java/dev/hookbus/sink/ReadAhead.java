package dev.hookbus.sink;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxEntry;
import dev.hookbus.store.OutboxLease;
import dev.hookbus.store.StoreException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next page of the outbox on a thread of its own while the page before is with its
 * receiver. Confined to the delivering thread.
 */
final class ReadAhead {
  private static final long IDLE_SECONDS = 1;

  private final Outbox outbox;
  private final ThreadPoolExecutor reader;
  private @Nullable Page page;

  ReadAhead(Outbox outbox, String sink) {
    this.outbox = outbox;
    // The thread ends when no page follows: to start one for each costs as much as to read it.
    this.reader =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "hookbus-read-" + sink);
              thread.setDaemon(true);
              return thread;
            });
    reader.allowCoreThreadTimeOut(true);
  }

  /**
   * Begins to read.
   *
   * @param from the lease as it will be when the page before is settled
   */
  void begin(OutboxLease from, BatchLimits limits, Budget budget) {
    FutureTask<List<OutboxEntry>> entries =
        new FutureTask<>(() -> outbox.read(from, limits.maxEvents(), limits.maxBytes(), budget));
    page = new Page(from.state().cursor(), limits, entries);
    reader.execute(entries);
  }

  /**
   * The page that was begun, when it is read: empty where there was nothing yet, or the sink was
   * paused, or something has come between and it is not the page that comes next.
   */
  List<OutboxEntry> take(OutboxLease lease, BatchLimits limits) throws StoreException {
    Page begun = page;
    page = null;
    return begun != null && begun.from == lease.state().cursor() && begun.limits.equals(limits)
        ? await(begun.entries)
        : List.of();
  }

  /** An interrupt does not shorten the wait: it is for one look at a file. */
  private static List<OutboxEntry> await(FutureTask<List<OutboxEntry>> entries)
      throws StoreException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return entries.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof StoreException failure) {
            throw failure;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What was begun and where it begins. */
  private record Page(long from, BatchLimits limits, FutureTask<List<OutboxEntry>> entries) {}
}
