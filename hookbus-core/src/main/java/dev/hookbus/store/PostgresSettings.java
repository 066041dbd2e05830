package dev.hookbus.store;

import java.util.function.LongSupplier;

/**
 * How to reach a PostgreSQL store.
 *
 * @param url where it is
 * @param poolSize connections of this process; above 1 they come from a HikariCP pool
 * @param makeTables whether missing tables are made; otherwise they are only checked
 * @param clockOffsetMillis added to the server's clock; 0 outside tests
 */
public record PostgresSettings(
    StoreUrl url, int poolSize, boolean makeTables, LongSupplier clockOffsetMillis) {

  /** The usual settings: one connection, tables made where they are missing, the real clock. */
  public static PostgresSettings of(StoreUrl url) {
    return new PostgresSettings(url, 1, true, () -> 0);
  }
}
