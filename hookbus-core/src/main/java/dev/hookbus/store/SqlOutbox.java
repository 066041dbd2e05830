package dev.hookbus.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The outbox in a database: every call is one short transaction on the caller's thread. */
final class SqlOutbox implements Outbox {

  private static final String PURGED = "purged";

  private static final int MAX_STEPS = 100;

  /** So many rows are removed at once: hooks wait meanwhile. */
  private static final int REMOVED_AT_ONCE = 1_000;

  /**
   * So much may wait, passed by every sink, to be removed at no cost when nothing is left. Row by
   * row it costs a tenth of what delivery does.
   */
  private static final long KEPT_BYTES = 16L << 20;

  private final Connections connections;
  private final OutboxRows rows;
  private final EventFeed feed;
  private final SinkStates sinks;
  private final SinkDrops drops;
  private final SinkReport report;
  private final DeadLetters letters;
  private final DrainerLease drainer;
  private final LongSupplier clockOffset;

  SqlOutbox(Connections connections, OutboxRows rows, EventFeed feed, LongSupplier clockOffset) {
    this.connections = connections;
    this.rows = rows;
    this.feed = feed;
    this.sinks = new SinkStates(clockOffset);
    this.drops = new SinkDrops();
    this.report = new SinkReport(clockOffset, drops);
    this.letters = new DeadLetters(clockOffset);
    this.drainer = new DrainerLease(clockOffset);
    this.clockOffset = clockOffset;
  }

  @Override
  public void append(List<OutgoingEvent> events, Budget budget) throws StoreException {
    fill(budget); // what was recorded before comes before
    inTransaction(
        budget,
        session -> {
          for (OutgoingEvent event : events) {
            rows.insert(session, event);
          }
          return true;
        });
  }

  @Override
  public void register(Collection<String> names, Budget budget) throws StoreException {
    connections.with(
        budget,
        session -> {
          for (String sink : names) {
            // Almost always known; a look takes no write lock.
            if (!sinks.isKnown(session, sink)) {
              sinks.register(session, sink);
            }
          }
          return true;
        });
  }

  @Override
  public void retire(String sink, Budget budget) throws StoreException {
    connections.with(
        budget,
        session -> {
          sinks.retire(session, sink);
          return true;
        });
    removePassed(budget);
  }

  @Override
  public boolean hasWork(String sink, Budget budget) throws StoreException {
    return connections.with(
        budget,
        session -> {
          if (sinks.hasWork(session, sink)) {
            return true;
          }
          boolean unused = feed.next(session);
          return sinks.hasWork(session, sink);
        });
  }

  @Override
  public Optional<OutboxLease> lease(String sink, Duration length, Budget budget)
      throws StoreException {
    return connections.with(budget, session -> sinks.lease(session, sink, length));
  }

  @Override
  public List<OutboxEntry> read(OutboxLease lease, int maxEvents, long maxBytes, Budget budget)
      throws StoreException {
    return connections.with(
        budget,
        session -> {
          long cursor = lease.state().cursor();
          List<OutboxEntry> entries = rows.read(session, lease.sink(), cursor, maxEvents, maxBytes);
          if (entries.size() <= maxEvents / 2) {
            boolean unused = feed.next(session);
            entries = rows.read(session, lease.sink(), cursor, maxEvents, maxBytes);
          }
          if (rows.passed(session) * averageBytes(entries) > KEPT_BYTES) {
            // Twice what is passed next, so that it becomes less.
            boolean unused = rows.removePassed(session, 2 * entries.size());
          }
          return entries;
        });
  }

  private static long averageBytes(List<OutboxEntry> entries) {
    long sum = 0;
    for (OutboxEntry entry : entries) {
      sum += entry.event().json().length();
    }
    return entries.isEmpty() ? 0 : sum / entries.size();
  }

  /** Removes what every sink has passed, but not for ever where deliverers are as fast. */
  private void removePassed(Budget budget) throws StoreException {
    boolean more = true;
    for (int i = 0; more && i < MAX_STEPS; i++) {
      more = connections.with(budget, session -> rows.removePassed(session, REMOVED_AT_ONCE));
    }
  }

  @Override
  public boolean advance(OutboxLease lease, OutboxProgress progress, Duration length, Budget budget)
      throws StoreException {
    return inTransaction(
        budget,
        session -> {
          if (!sinks.advance(session, lease, progress, length)) {
            return false;
          }
          for (OutboxProgress.Dead dead : progress.dead()) {
            letters.insert(session, lease.sink(), dead);
          }
          for (Map.Entry<String, Integer> skipped : progress.skipped().entrySet()) {
            drops.count(session, lease.sink(), skipped.getKey(), skipped.getValue());
          }
          return true;
        });
  }

  @Override
  public void release(OutboxLease lease, Budget budget) throws StoreException {
    connections.with(
        budget,
        session -> {
          sinks.release(session, lease);
          return true;
        });
    removePassed(budget);
  }

  @Override
  public boolean pause(String sink, boolean paused, Budget budget) throws StoreException {
    return connections.with(budget, session -> sinks.pause(session, sink, paused));
  }

  @Override
  public long trim(OutboxLimits limits, Budget budget) throws StoreException {
    fill(budget);
    removePassed(budget);
    return new Backlog(connections, clockOffset, "outbox", "outbox", "bytes")
        .trim(limits, budget, this::giveUp);
  }

  private void giveUp(Session session, long upTo, String reason) throws DatabaseException {
    drops.countBehind(session, upTo, reason);
    sinks.skipTo(session, upTo);
  }

  /** Takes what waits in the log, but not for ever where a producer is as fast. */
  private void fill(Budget budget) throws StoreException {
    boolean more = true;
    for (int i = 0; more && i < MAX_STEPS; i++) {
      more = connections.with(budget, feed::next);
    }
  }

  @Override
  public List<OutboxStatus> status(Budget budget) throws StoreException {
    return connections.with(
        budget,
        session -> {
          EventFeed.Waiting waiting = feed.waiting(session);
          return report.read(session, waiting);
        });
  }

  @Override
  public List<DeadLetter> deadLetters(@Nullable String sink, int limit, Budget budget)
      throws StoreException {
    return connections.with(budget, session -> letters.list(session, sink, limit));
  }

  @Override
  public int requeue(String sink, @Nullable Collection<Long> ids, Budget budget)
      throws StoreException {
    return inTransaction(budget, session -> letters.requeue(session, sink, ids));
  }

  @Override
  public int purge(String sink, @Nullable Collection<Long> ids, Budget budget)
      throws StoreException {
    return inTransaction(
        budget,
        session -> {
          int purged = letters.purge(session, sink, ids);
          drops.count(session, sink, PURGED, purged);
          return purged;
        });
  }

  @Override
  public boolean leaseDrainer(long holder, Duration length, Budget budget) throws StoreException {
    return connections.with(budget, session -> drainer.take(session, holder, length));
  }

  @Override
  public void releaseDrainer(long holder, Budget budget) throws StoreException {
    connections.with(budget, session -> drainer.release(session, holder));
  }

  private <T> T inTransaction(Budget budget, Session.Work<T> work) throws StoreException {
    return connections.with(budget, session -> session.inTransaction(work));
  }
}
