package dev.hookbus.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where a pool has its connections from. */
interface ConnectionSource {

  /** Makes connections; each must be turned into a {@linkplain #session session}. */
  DataSource dataSource();

  /** Makes a connection of {@link #dataSource()} ready for work. */
  Session session(Connection connection) throws SQLException;

  /** How long an unused connection is kept, in milliseconds; 0 for as long as the pool lives. */
  long idleMillis();
}
