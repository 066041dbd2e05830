package dev.hookbus.json;

/** What a value is. */
public enum JsonType {
  /** Names with values, in braces. */
  OBJECT,
  /** Values, in brackets. */
  ARRAY,
  /** Text. */
  STRING,
  /** A number, of any size. */
  NUMBER,
  /** {@code true} or {@code false}. */
  BOOLEAN,
  /** {@code null}. */
  NULL
}
