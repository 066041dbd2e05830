package dev.hookbus.store;

/** Fragments of SQL that several tables share. */
final class Sql {

  /**
   * The database's clock in epoch milliseconds plus an offset to bind. It is read inside the
   * statement, after its lock was granted, so that waiting can't make it stale.
   */
  static final String NOW = "(CAST(unixepoch('subsec') * 1000 AS INTEGER) + ?)";

  private Sql() {}
}
