package dev.hookbus.store;

/**
 * What engines say differently, as words in braces that statements use:
 *
 * <ul>
 *   <li><code>{now + ?}</code>: the database's clock in epoch milliseconds plus an offset to bind.
 *       It is read inside the statement, after its lock was granted, so that waiting can't make it
 *       stale.
 * </ul>
 */
enum Dialect {
  SQLITE("(CAST(unixepoch('subsec') * 1000 AS INTEGER) + ?)");

  private static final String NOW = "{now + ?}";

  private final String now;

  Dialect(String now) {
    this.now = now;
  }

  /** A statement in this engine's words. */
  String translate(String sql) {
    return sql.indexOf('{') < 0 ? sql : sql.replace(NOW, now);
  }
}
