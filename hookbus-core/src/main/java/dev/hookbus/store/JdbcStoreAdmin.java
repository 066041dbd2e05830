package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import dev.hookbus.metrics.HookStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reports on a database, and its housekeeping. */
final class JdbcStoreAdmin implements StoreAdmin {

  /** People and background threads can wait longer than a hook. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String NOW_SECONDS =
      "SELECT %s / 1000".formatted("CAST(unixepoch('subsec') * 1000 AS INTEGER)");

  private final Connections connections;
  private final DedupeKeys keys;
  private final HookLogs logs;
  private final Path file;
  private final LongSupplier clockOffset;

  JdbcStoreAdmin(
      Connections connections,
      DedupeKeys keys,
      HookLogs logs,
      Path file,
      LongSupplier clockOffset) {
    this.connections = connections;
    this.keys = keys;
    this.logs = logs;
    this.file = file;
    this.clockOffset = clockOffset;
  }

  @Override
  public List<HookStats> stats(Instant from, @Nullable String hook) throws StoreException {
    Housekeeping.rollUp(connections, PATIENCE);
    return with(
        session -> {
          List<Window.Slice> window = Window.slices(from.getEpochSecond(), nowSeconds(session));
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
    return new Housekeeping(connections, keys, logs, clockOffset).run(retention, timeLimit);
  }

  @Override
  public StoreStatus status() throws StoreException {
    return with(
        session ->
            new StoreStatus(
                file.toString(),
                "SQLite " + session.connection().getMetaData().getDatabaseProductVersion(),
                (int) number(session, "PRAGMA user_version"),
                bytesOnDisk(),
                number(session, "SELECT count(*) FROM hook_logs"),
                number(session, "SELECT count(*) FROM dedupe_keys")));
  }

  private <T> T with(Session.Work<T> work) throws StoreException {
    return connections.with(Budget.of(PATIENCE), work);
  }

  private long nowSeconds(Session session) throws SQLException {
    return number(session, NOW_SECONDS) + clockOffset.getAsLong() / 1000;
  }

  private long bytesOnDisk() {
    return size(file) + size(file.resolveSibling(file.getFileName() + "-wal"));
  }

  private static long size(Path path) {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException vanished) {
      return 0;
    }
  }

  private static long number(Session session, String sql) throws SQLException {
    try (ResultSet rows = session.prepared(sql).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
