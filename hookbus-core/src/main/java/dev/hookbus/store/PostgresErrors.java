package dev.hookbus.store;

/** What PostgreSQL's SQLSTATEs mean for us. */
final class PostgresErrors {

  private PostgresErrors() {}

  /** Names the cause and what changes it, in one line. */
  static String explain(StoreUrl url, DatabaseException failure) {
    String state = state(failure);
    String server = "the PostgreSQL server of " + url;
    return switch (state) {
      case "28000", "28P01" -> server + " refuses the user or password of HOOKBUS_STORE_URL";
      case "3D000" -> server + " has no such database; create it or change HOOKBUS_STORE_URL";
      case "42501" ->
          server
              + " does not let this user make or change its tables; `hookbus store schema` prints"
              + " what to make and docs/scaling.md what to grant";
      case "42P01", "42703", "42P10" ->
          server + " lacks tables or columns of HookBus; `hookbus store schema` prints them";
      case "25006" -> server + " is a standby; add targetServerType=primary to HOOKBUS_STORE_URL";
      case "53300" ->
          server + " has no connection left; lower HOOKBUS_POOL_SIZE or put PgBouncer before it";
      case "53100" -> server + " has a full disk";
      case "57P03" -> server + " is starting or stopping";
      default ->
          isDisconnect(failure)
              ? server + " does not answer; HOOKBUS_BUDGET_MS sets how long a call waits"
              : server + " failed (SQLSTATE " + state + ")";
    };
  }

  /** Whether the connection is lost, or was never there. */
  static boolean isDisconnect(DatabaseException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P0");
  }

  /**
   * Whether to give the connection up: it is lost, or it has forgotten a prepared statement, as one
   * behind a pooling proxy may, or the table behind one was changed.
   */
  static boolean poisonsConnection(DatabaseException failure) {
    String state = state(failure);
    return isDisconnect(failure)
        || state.isEmpty()
        || state.startsWith("XX")
        || state.equals("26000")
        || state.equals("0A000")
        || state.equals("25P02");
  }

  private static String state(DatabaseException failure) {
    String state = failure.sqlState();
    return state == null ? "" : state;
  }
}
