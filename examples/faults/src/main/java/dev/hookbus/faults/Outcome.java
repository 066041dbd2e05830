package dev.hookbus.faults;

import java.util.List;

/** What came of one row of the campaign. */
sealed interface Outcome {

  /**
   * The fault was made to happen.
   *
   * @param often how often, in words
   * @param accepted records and keys whose success the library had reported
   * @param losses every broken promise, in words; empty if the row holds
   * @param seen what else there is to say
   */
  record Ran(String often, long accepted, List<String> losses, String seen) implements Outcome {}

  /** This machine can't make the fault happen. */
  record Skipped(String why) implements Outcome {}
}
