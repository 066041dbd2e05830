package dev.hookbus.store;

/**
 * What engines say differently, as words in braces that statements use:
 *
 * <ul>
 *   <li><code>{now + ?}</code>: the database's clock in epoch milliseconds plus an offset to bind.
 *       It is read inside the statement, after its lock was granted, so that waiting can't make it
 *       stale.
 *   <li><code>{for update}</code>, at the end of a query: locks the row it reads until the
 *       transaction ends. SQLite's transactions have locked everything by then.
 * </ul>
 */
enum Dialect {
  SQLITE("(CAST(unixepoch('subsec') * 1000 AS INTEGER) + ?)", ""),
  POSTGRESQL("(CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint) + ?)", "FOR UPDATE");

  private static final String NOW = "{now + ?}";
  private static final String FOR_UPDATE = "{for update}";

  private final String now;
  private final String forUpdate;

  Dialect(String now, String forUpdate) {
    this.now = now;
    this.forUpdate = forUpdate;
  }

  /** A statement in this engine's words. */
  String translate(String sql) {
    return sql.indexOf('{') < 0 ? sql : sql.replace(NOW, now).replace(FOR_UPDATE, forUpdate);
  }
}
