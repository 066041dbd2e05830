package dev.hookbus.store;

import org.jspecify.annotations.Nullable;

/**
 * A prepared statement of a {@link Session}. Parameters count from 1 and keep their values from one
 * use to the next.
 */
interface Query {

  void bind(int index, long value) throws DatabaseException;

  void bind(int index, double value) throws DatabaseException;

  void bind(int index, @Nullable String text) throws DatabaseException;

  void bind(int index, byte @Nullable [] bytes) throws DatabaseException;

  void bindNull(int index) throws DatabaseException;

  /** Binds a value as rows hold it: text, a {@code Long}, a {@code Double}, bytes or null. */
  default void bindValue(int index, @Nullable Object value) throws DatabaseException {
    if (value instanceof Long number) {
      bind(index, number);
    } else if (value instanceof Double fraction) {
      bind(index, fraction);
    } else if (value instanceof byte[] bytes) {
      bind(index, bytes);
    } else if (value instanceof String text) {
      bind(index, text);
    } else {
      bindNull(index);
    }
  }

  /**
   * Runs a statement that gives no rows.
   *
   * @return how many rows it changed
   */
  int update() throws DatabaseException;

  /** Runs a statement like {@link #update}, perhaps not before {@link #runEnqueued}. */
  default void enqueue() throws DatabaseException {
    update();
  }

  /** Runs what is enqueued, if anything; on a server far away, in one round trip. */
  default void runEnqueued() throws DatabaseException {
    // Nothing waits where a statement costs microseconds.
  }

  /** Runs a statement that gives rows; close them before the query is used again. */
  Rows rows() throws DatabaseException;
}
