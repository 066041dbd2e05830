package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.HookStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reports on a database, and its housekeeping. */
final class SqlStoreAdmin implements StoreAdmin {

  /** People and background threads can wait longer than a hook. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration TRANSFER_PATIENCE = Duration.ofMinutes(10);

  private final Database database;
  private final Connections connections;
  private final DedupeKeys keys;
  private final HookLogs logs;
  private final @Nullable EventFeed feed;
  private final LongSupplier clockOffset;
  private final Runnable wrote;

  /**
   * Reports on a database.
   *
   * @param feed what fills the outbox from the log, or null if that holds no events
   * @param wrote told of each of many writes
   */
  SqlStoreAdmin(
      Database database,
      Connections connections,
      DedupeKeys keys,
      HookLogs logs,
      @Nullable EventFeed feed,
      LongSupplier clockOffset,
      Runnable wrote) {
    this.database = database;
    this.connections = connections;
    this.keys = keys;
    this.logs = logs;
    this.feed = feed;
    this.clockOffset = clockOffset;
    this.wrote = wrote;
  }

  @Override
  public List<HookStats> stats(Instant from, @Nullable String hook) throws StoreException {
    Housekeeping.rollUp(connections, PATIENCE);
    return with(
        session -> {
          List<Window.Slice> window =
              Window.slices(from.getEpochSecond(), session.now(clockOffset.getAsLong()) / 1000);
          List<HookStats> stats = new ArrayList<>();
          for (String name : hook == null ? Statistics.hooks(session) : List.of(hook)) {
            HookStats found = Statistics.of(session, name, window);
            if (found.totalCalls() > 0) {
              stats.add(found);
            }
          }
          stats.sort(
              Comparator.comparingLong(HookStats::totalCalls)
                  .reversed()
                  .thenComparing(HookStats::hook));
          return stats;
        });
  }

  @Override
  public List<LogEntry> tail(long afterId, @Nullable String hook, int limit) throws StoreException {
    return with(session -> logs.tail(session, afterId, hook, limit));
  }

  @Override
  public List<KeyEntry> keys(@Nullable String category, int limit) throws StoreException {
    return with(session -> keys.list(session, category, limit));
  }

  @Override
  public boolean releaseKey(KeyHash key) throws StoreException {
    return with(session -> keys.releaseAny(session, key));
  }

  @Override
  public CleanupReport cleanup(Duration retention, Duration timeLimit) throws StoreException {
    return new Housekeeping(database, connections, keys, logs, feed, clockOffset, wrote)
        .run(retention, timeLimit);
  }

  @Override
  public TransferReport exportTo(Writer out, boolean keysOnly) throws StoreException, IOException {
    Housekeeping.rollUp(connections, TRANSFER_PATIENCE);
    try {
      return connections.with(
          Budget.of(TRANSFER_PATIENCE),
          session -> {
            try {
              return StateExport.write(session, keysOnly, out, clockOffset.getAsLong());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public TransferReport importFrom(BufferedReader in) throws StoreException, IOException {
    StateImport state = StateImport.read(in);
    boolean taken =
        connections.with(
            Budget.of(TRANSFER_PATIENCE), session -> state.apply(session, clockOffset.getAsLong()));
    if (!taken) {
      throw new StoreException("this export was imported before; nothing was changed", null);
    }
    return state.report();
  }

  @Override
  public StoreStatus status() throws StoreException {
    return with(
        session ->
            new StoreStatus(
                database.location(),
                database.engine(session),
                database.schemaVersion(session),
                database.bytes(session),
                session.number("SELECT count(*) FROM hook_logs"),
                session.number("SELECT count(*) FROM dedupe_keys")));
  }

  private <T> T with(Session.Work<T> work) throws StoreException {
    return connections.with(Budget.of(PATIENCE), work);
  }
}
