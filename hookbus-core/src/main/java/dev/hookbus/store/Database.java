package dev.hookbus.store;

/** A database engine and where its data lies: opens sessions and knows what failures mean. */
interface Database {

  /**
   * Opens a session on tables that are in order. Waiting for a server is taken from the budget,
   * opening a file is not: it happens once, and may have to wait for a migration.
   *
   * @throws StoreException saying what is wrong and which setting to change
   */
  Session open(Budget budget) throws StoreException;

  /** The cause of a failure and the setting that changes it, in one line. */
  String explain(DatabaseException failure);

  /** Whether to give the session up after this failure. */
  boolean poisons(DatabaseException failure);

  /**
   * Whether what sessions were opened on is gone, so that they must be opened anew. Asked before
   * every use of a session, so it must be cheap.
   */
  default boolean isReplaced() {
    return false;
  }

  /**
   * Makes way for a new database if the failure says that this one is damaged; the session it came
   * from has been given up.
   */
  default void repairAfter(DatabaseException failure) {}

  /** Whether the connection was lost, so that another one may do better. */
  default boolean isDisconnect(DatabaseException failure) {
    return false;
  }

  /** Where the data lies, for people. */
  String location();

  /** Name and version of the engine. */
  String engine(Session session) throws DatabaseException;

  /** The version of the tables. */
  int schemaVersion(Session session) throws DatabaseException;

  /** Bytes on disk. */
  long bytes(Session session) throws DatabaseException;

  /** Whether one session at a time can write, and keeps all others waiting meanwhile. */
  boolean hasOneWriter();

  /**
   * Gives space of deleted rows back to the file system, a little at a time.
   *
   * @return about how many pages; 0 if there are none
   */
  int giveBackSpace(Session session, Pace pace) throws DatabaseException;

  /** What removes expired keys from the table, once. */
  ExpiredKeys expiredKeys(DedupeKeys keys);
}
