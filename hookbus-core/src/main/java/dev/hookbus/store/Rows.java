package dev.hookbus.store;

import org.jspecify.annotations.Nullable;

/**
 * The rows a {@link Query} gives, one at a time. Columns count from 1. A statement that changes
 * something has its effect for sure only when {@link #next} has said that there is no more.
 */
interface Rows extends AutoCloseable {

  /** Goes to the next row, or answers {@code false} behind the last. */
  boolean next() throws DatabaseException;

  /** A number; 0 where the column is null. */
  long getLong(int column) throws DatabaseException;

  /** A small number; 0 where the column is null. */
  int getInt(int column) throws DatabaseException;

  /** A number with a fraction; 0 where the column is null. */
  double getDouble(int column) throws DatabaseException;

  /** The text of a column that can't be null. */
  String getText(int column) throws DatabaseException;

  @Nullable String getTextOrNull(int column) throws DatabaseException;

  /** The bytes of a column that can't be null. */
  byte[] getBytes(int column) throws DatabaseException;

  byte @Nullable [] getBytesOrNull(int column) throws DatabaseException;

  boolean isNull(int column) throws DatabaseException;

  @Override
  void close() throws DatabaseException;
}
