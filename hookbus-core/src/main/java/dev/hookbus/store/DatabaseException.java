package dev.hookbus.store;

import org.jspecify.annotations.Nullable;

/**
 * A statement or a connection failed. Never leaves the room: people get a {@link StoreException}.
 */
final class DatabaseException extends Exception {

  private static final long serialVersionUID = 1;

  private final int code;
  private final @Nullable String sqlState;

  /**
   * A failure as the engine tells it.
   *
   * @param code the engine's own code; of SQLite, the result code
   * @param sqlState the five characters of the SQL standard, where the engine gives them
   */
  DatabaseException(
      @Nullable String message, int code, @Nullable String sqlState, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.sqlState = sqlState;
  }

  int code() {
    return code;
  }

  @Nullable String sqlState() {
    return sqlState;
  }
}
