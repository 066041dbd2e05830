package dev.hookbus.payload;

import java.util.Arrays;
import java.util.Map;

/**
 * Redacted text and what was replaced in it.
 *
 * @param bytes UTF-8; the very array that was given when nothing matched
 * @param counts how often each kind was replaced, by its name, such as {@code email}; kinds that
 *     did not occur are absent
 */
// No copy: text without a match must cost no allocation.
@SuppressWarnings("ArrayRecordComponent")
public record Redaction(byte[] bytes, Map<String, Integer> counts) {

  /** Copies the counts. */
  public Redaction {
    counts = Map.copyOf(counts);
  }

  /** Whether anything was replaced. */
  public boolean applied() {
    return !counts.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Redaction that
        && Arrays.equals(bytes, that.bytes)
        && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + counts.hashCode();
  }

  @Override
  public String toString() {
    return "Redaction[" + bytes.length + " bytes, " + counts + "]";
  }
}
