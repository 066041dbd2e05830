package dev.hookbus.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to sinks, and how far each sink has come: shared by every process that opens
 * the same database. An entry stays until every registered sink has passed it. Thread-safe.
 *
 * <p>Every accepted event is, for every sink, delivered, still in the outbox, a dead letter, or
 * counted as dropped with a reason.
 */
public interface Outbox {

  /** Puts events in, all or none, in this order. */
  void append(List<OutgoingEvent> events, Budget budget) throws StoreException;

  /** Makes sinks known. A new one starts with the oldest entry another still waits for. */
  void register(Collection<String> sinks, Budget budget) throws StoreException;

  /** Forgets a sink, so that entries no longer wait for it; its dead letters stay. */
  void retire(String sink, Budget budget) throws StoreException;

  /** Whether there is anything to deliver; false for a sink that is paused or not registered. */
  boolean hasWork(String sink, Budget budget) throws StoreException;

  /**
   * Asks for the right to deliver to a sink.
   *
   * @return empty where another holder's lease is alive, or the sink is paused or not registered
   */
  Optional<OutboxLease> lease(String sink, Duration length, Budget budget) throws StoreException;

  /**
   * The next entries for the lease's sink, oldest first: at most that many and that large, but at
   * least one where there is one. None while the sink is paused.
   */
  List<OutboxEntry> read(OutboxLease lease, int maxEvents, long maxBytes, Budget budget)
      throws StoreException;

  /**
   * Records progress and extends the lease, all or nothing. What every sink has passed is removed
   * later: when the lease is given back, or, of a long backlog, as the next entries are read.
   *
   * @return whether the lease still stood; if not, nothing was changed
   */
  boolean advance(OutboxLease lease, OutboxProgress progress, Duration length, Budget budget)
      throws StoreException;

  /** Gives the lease back, if it still stands. */
  void release(OutboxLease lease, Budget budget) throws StoreException;

  /**
   * Stops, or lets go on, delivery to a sink in every process; a running batch is finished.
   *
   * @return whether the sink is registered; if not, nothing was changed
   */
  @CanIgnoreReturnValue
  boolean pause(String sink, boolean paused, Budget budget) throws StoreException;

  /**
   * Drops the oldest entries beyond the limits, and counts them for every sink that was waiting for
   * them.
   *
   * @return how many entries went
   */
  long trim(OutboxLimits limits, Budget budget) throws StoreException;

  /** Every registered sink, by name. */
  List<OutboxStatus> status(Budget budget) throws StoreException;

  /** Dead letters, oldest first; of one sink, or of all where it is null. */
  List<DeadLetter> deadLetters(@Nullable String sink, int limit, Budget budget)
      throws StoreException;

  /**
   * Puts dead letters back into the outbox, for their own sink only and behind what is there.
   *
   * @param ids which; null for all of the sink
   * @return how many
   */
  int requeue(String sink, @Nullable Collection<Long> ids, Budget budget) throws StoreException;

  /**
   * Deletes dead letters for good, and counts them as dropped.
   *
   * @param ids which; null for all of the sink
   * @return how many
   */
  int purge(String sink, @Nullable Collection<Long> ids, Budget budget) throws StoreException;

  /**
   * Asks for the right to run the machine's drainer.
   *
   * @param length how long it lasts unless asked for again
   * @param holder a number that names the asker; the holder of the right gets it again
   * @return whether the right is now the asker's
   */
  boolean leaseDrainer(long holder, Duration length, Budget budget) throws StoreException;

  /** Gives the right to run the drainer back, or over to another holder. */
  void releaseDrainer(long holder, Budget budget) throws StoreException;
}
