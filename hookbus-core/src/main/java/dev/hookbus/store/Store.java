package dev.hookbus.store;

import dev.hookbus.idempotency.Claim;
import dev.hookbus.idempotency.ClaimRequest;
import dev.hookbus.idempotency.Settlement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.ObjIntConsumer;

/**
 * The one memory of a bus: keys, log and statistics, shared by every process that opens the same
 * database. Implementations are thread-safe, wait at most for the budget they are given, and report
 * failure only by {@link StoreException}; an interrupted caller stays interrupted but is served.
 */
public interface Store extends AutoCloseable {

  /** A store in a SQLite file. The file is opened, or made, at the first use. */
  static Store sqlite(SqliteSettings settings) {
    return new SqlStore(settings);
  }

  /**
   * A store on a PostgreSQL server that many machines share. The outbox, and records the server
   * does not take, stay in this machine's SQLite file; records are forwarded when the server is
   * back. They have limits like the outbox's, {@link OutboxLimits#DEFAULT}: clean-up drops the
   * oldest of what is beyond. Nothing is opened before the first use.
   *
   * @param onAway told when a record had to be kept because of this failure of the server
   * @param onDropped told how many records were dropped; {@link StoreAdmin#waiting} says why
   */
  static Store shared(
      PostgresSettings settings,
      SqliteSettings local,
      Consumer<StoreException> onAway,
      LongConsumer onDropped) {
    return new SharedStore(settings, local, OutboxLimits.DEFAULT, onAway, onDropped);
  }

  /** The SQL that makes a shared store's tables, for people who make tables themselves. */
  static String sharedSchema() {
    return PostgresSchema.script();
  }

  /**
   * A store that commits records in groups on one background thread; claims and settlements go
   * straight to {@code store}. The caller writes its record itself when the queue is full.
   *
   * @param onLost told why, and how many records, could not be written before the store was closed
   */
  static Store groupCommitting(Store store, ObjIntConsumer<Throwable> onLost) {
    return new GroupCommitStore(store, onLost);
  }

  /**
   * Asks for a key. At most one caller, of all threads and processes, gets it at a time.
   *
   * @throws StoreException if no answer could be had; never used to say that the key is taken
   */
  Claim claim(ClaimRequest request, Budget budget) throws StoreException;

  /**
   * Settles a claim.
   *
   * @return whether the claim still stood; if not, nothing was changed
   */
  boolean settle(Settlement settlement, Budget budget) throws StoreException;

  /**
   * Settles a claim and records the execution, both or neither. The execution is recorded even if
   * the claim no longer stood.
   *
   * @return whether the claim still stood
   */
  boolean settleAndRecord(Settlement settlement, Execution execution, Budget budget)
      throws StoreException;

  /** Records executions, all or none. */
  void record(List<Execution> executions, Budget budget) throws StoreException;

  /**
   * Waits, at most for the budget, until everything recorded so far is committed.
   *
   * @return how many records are still queued
   */
  long flush(Budget budget);

  /** Events on their way to sinks. */
  Outbox outbox();

  /** The view for people: reports, lists and housekeeping. */
  StoreAdmin admin();

  /** Commits what is queued and lets go of the database. Bounded; closing twice does nothing. */
  @Override
  void close();
}
