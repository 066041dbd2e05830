package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.HookStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The view for people on a shared store: that of the server, and what waits on this machine. */
final class SharedStoreAdmin implements StoreAdmin {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final StoreAdmin server;
  private final Connections local;
  private final Forwarder forwarder;
  private final LongSupplier clockOffset;
  private final OutboxLimits limits;
  private final LongConsumer onDropped;

  SharedStoreAdmin(
      StoreAdmin server,
      Connections local,
      Forwarder forwarder,
      LongSupplier clockOffset,
      OutboxLimits limits,
      LongConsumer onDropped) {
    this.server = server;
    this.local = local;
    this.forwarder = forwarder;
    this.clockOffset = clockOffset;
    this.limits = limits;
    this.onDropped = onDropped;
  }

  @Override
  public List<HookStats> stats(Instant from, @Nullable String hook) throws StoreException {
    return server.stats(from, hook);
  }

  @Override
  public List<LogEntry> tail(long afterId, @Nullable String hook, int limit) throws StoreException {
    return server.tail(afterId, hook, limit);
  }

  @Override
  public List<KeyEntry> keys(@Nullable String category, int limit) throws StoreException {
    return server.keys(category, limit);
  }

  @Override
  public boolean releaseKey(KeyHash key) throws StoreException {
    return server.releaseKey(key);
  }

  /** What waits is sent, and kept within its limits where the server is away. */
  @Override
  public CleanupReport cleanup(Duration retention, Duration timeLimit) throws StoreException {
    try {
      forwarder.forward(Budget.of(timeLimit));
    } finally {
      trim(timeLimit);
    }
    return server.cleanup(retention, timeLimit);
  }

  private void trim(Duration timeLimit) throws StoreException {
    long dropped =
        WaitingRecords.backlog(local, clockOffset)
            .trim(limits, Budget.of(timeLimit), WaitingRecords::countDrops);
    if (dropped > 0) {
      onDropped.accept(dropped);
    }
  }

  @Override
  public TransferReport exportTo(Writer out, boolean keysOnly) throws StoreException, IOException {
    return server.exportTo(out, keysOnly);
  }

  @Override
  public TransferReport importFrom(BufferedReader in) throws StoreException, IOException {
    return server.importFrom(in);
  }

  @Override
  public WaitingStatus waiting() throws StoreException {
    return local.with(Budget.of(PATIENCE), WaitingRecords::status);
  }

  @Override
  public StoreStatus status() throws StoreException {
    return server.status();
  }
}
