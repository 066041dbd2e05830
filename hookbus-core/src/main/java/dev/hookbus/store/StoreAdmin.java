package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.HookStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people and reports ask of a store. None of it is on a hook's path. */
public interface StoreAdmin {

  /**
   * Statistics of every hook, most calls first.
   *
   * @param from the window's start, rounded down to a minute; older than two days to an hour, older
   *     than two months to a day (UTC)
   * @param hook only this hook, or {@code null} for all
   */
  List<HookStats> stats(Instant from, @Nullable String hook) throws StoreException;

  /**
   * The newest log entries, oldest of them first.
   *
   * @param afterId only entries with a larger ID; 0 for all
   * @param hook only this hook, or {@code null} for all
   * @param limit at most so many
   */
  List<LogEntry> tail(long afterId, @Nullable String hook, int limit) throws StoreException;

  /**
   * Keys that are taken, the latest first.
   *
   * @param category only this category, or {@code null} for all
   * @param limit at most so many
   */
  List<KeyEntry> keys(@Nullable String category, int limit) throws StoreException;

  /**
   * Frees a key whatever its state, so that its work may run again.
   *
   * @return whether it was there
   */
  boolean releaseKey(KeyHash key) throws StoreException;

  /**
   * Brings statistics up to date and removes what is too old, in small batches between which other
   * writers get their turn.
   *
   * @param retention how long log rows stay
   * @param timeLimit stop after so long; what is left is done next time
   */
  CleanupReport cleanup(Duration retention, Duration timeLimit) throws StoreException;

  /**
   * Writes keys that are taken, and statistics, as lines of text that {@link #importFrom} reads.
   *
   * @param keysOnly whether statistics are left out
   * @throws IOException if {@code out} fails
   */
  TransferReport exportTo(Writer out, boolean keysOnly) throws StoreException, IOException;

  /**
   * Puts an export into this store, all of it or nothing. Keys that are taken here stay as they
   * are. Statistics add up, so an export that holds any is taken once.
   *
   * @throws StoreException if it is no whole export, or was imported before
   * @throws IOException if {@code in} fails
   */
  TransferReport importFrom(BufferedReader in) throws StoreException, IOException;

  /** What waits on this machine because a shared store has not taken it yet. */
  default WaitingStatus waiting() throws StoreException {
    return WaitingStatus.NOTHING;
  }

  /** Size and content of the database. */
  StoreStatus status() throws StoreException;
}
