package dev.hookbus.store;

import java.util.function.LongSupplier;

/**
 * A table of the machine's file whose rows wait to be taken elsewhere, and what is done when that
 * takes too long: the oldest go first, a thousand at a time, because hooks wait meanwhile. The
 * newest row always stays.
 */
final class Backlog {

  private static final int REMOVED_AT_ONCE = 1_000;

  /** What all tables take together, so that rows need not be added up while there is room. */
  private static final String USED_BYTES =
      """
      SELECT (page_count - freelist_count) * page_size
      FROM pragma_page_count, pragma_freelist_count, pragma_page_size
      """;

  /** What is told of rows that are about to be removed, in the transaction that removes them. */
  @FunctionalInterface
  interface Loss {
    /** All rows before {@code sequence} go. */
    void before(Session session, long sequence, String reason) throws DatabaseException;
  }

  private final Connections connections;
  private final LongSupplier clockOffset;
  private final String name;
  private final String oldest;
  private final String span;
  private final String oldestYoung;
  private final String bytesFromNewest;
  private final String removeBefore;

  /**
   * A table with the columns {@code seq} and {@code created_ms}.
   *
   * @param name begins the reasons for which rows go
   * @param bytes an expression for the size of a row
   */
  Backlog(
      Connections connections, LongSupplier clockOffset, String name, String table, String bytes) {
    this.connections = connections;
    this.clockOffset = clockOffset;
    this.name = name;
    this.oldest = "SELECT min(seq) FROM " + table;
    String newest = "(SELECT max(seq) FROM " + table + ")";
    // How many there are at the most: their sequences may have gaps.
    this.span = "SELECT " + newest + " - (SELECT min(seq) FROM " + table + ") + 1";
    this.oldestYoung =
        "SELECT coalesce((SELECT seq FROM "
            + table
            + " WHERE created_ms >= {now + ?} - ? ORDER BY seq LIMIT 1), "
            + newest
            + ")";
    this.bytesFromNewest = "SELECT seq, " + bytes + " FROM " + table + " ORDER BY seq DESC";
    this.removeBefore = "DELETE FROM " + table + " WHERE seq < ? AND seq < " + newest;
  }

  /**
   * Removes what is beyond the limits, oldest first: for the reason {@code name_age} what is too
   * old, for {@code name_full} what is too much. When the budget is used up the rest is left for
   * the next time.
   *
   * @return how many rows went
   */
  long trim(OutboxLimits limits, Budget budget, Loss loss) throws StoreException {
    long young = connections.with(budget, session -> firstYoung(session, limits));
    long tooOld = dropBefore(young, name + "_age", budget, loss);
    long within = connections.with(budget, session -> firstWithin(session, limits));
    return tooOld + dropBefore(within, name + "_full", budget, loss);
  }

  /** The sequence of the oldest row that is young enough; the newest where none is. */
  private long firstYoung(Session session, OutboxLimits limits) throws DatabaseException {
    Query statement = session.prepared(oldestYoung);
    statement.bind(1, clockOffset.getAsLong());
    statement.bind(2, limits.maxAge().toMillis());
    try (Rows rows = statement.rows()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The sequence of the oldest row within the limits on number and size; 0 for all. */
  private long firstWithin(Session session, OutboxLimits limits) throws DatabaseException {
    if (session.number(span) <= limits.maxEvents()
        && session.number(USED_BYTES) <= limits.maxBytes()) {
      return 0; // without a look at every row
    }
    long events = 0;
    long bytes = 0;
    long first = 0;
    try (Rows rows = session.prepared(bytesFromNewest).rows()) {
      while (rows.next()) {
        events++;
        bytes += rows.getLong(2);
        if (events > limits.maxEvents() || (bytes > limits.maxBytes() && events > 1)) {
          return first;
        }
        first = rows.getLong(1);
      }
    }
    return 0;
  }

  private long dropBefore(long sequence, String reason, Budget budget, Loss loss)
      throws StoreException {
    long dropped = 0;
    while (budget.leftNanos() > 0
        && connections.with(budget, session -> session.number(oldest)) < sequence) {
      long step =
          connections.with(
              budget,
              session ->
                  session.inTransaction(
                      locked -> {
                        long to = Math.min(sequence, locked.number(oldest) + REMOVED_AT_ONCE);
                        loss.before(locked, to, reason);
                        Query remove = locked.prepared(removeBefore);
                        remove.bind(1, to);
                        return (long) remove.update();
                      }));
      if (step == 0) {
        break; // what is left is the newest
      }
      dropped += step;
    }
    return dropped;
  }
}
