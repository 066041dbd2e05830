package dev.hookbus.sink;

import dev.hookbus.store.Budget;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxEntry;
import dev.hookbus.store.OutboxLease;
import dev.hookbus.store.StoreException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The next page of the outbox, read on a thread of its own while the page before is with its
 * receiver.
 */
final class ReadAhead {
  private final OutboxLease from;
  private final FutureTask<List<OutboxEntry>> page;

  private ReadAhead(OutboxLease from, FutureTask<List<OutboxEntry>> page) {
    this.from = from;
    this.page = page;
  }

  /**
   * Begins to read.
   *
   * @param from the lease as it will be when the page before is settled
   */
  static ReadAhead start(Outbox outbox, OutboxLease from, BatchLimits limits, Budget budget) {
    FutureTask<List<OutboxEntry>> page =
        new FutureTask<>(() -> outbox.read(from, limits.maxEvents(), limits.maxBytes(), budget));
    Thread thread = new Thread(page, "hookbus-read-" + from.sink());
    thread.setDaemon(true);
    thread.start();
    return new ReadAhead(from, page);
  }

  /** Whether this is the page that comes next; not so where the one before was not all settled. */
  boolean follows(OutboxLease lease) {
    return from.state().cursor() == lease.state().cursor();
  }

  /** The page, when it is read. An interrupt does not shorten that: it is one look at a file. */
  List<OutboxEntry> entries() throws StoreException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return page.get();
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
}
