package dev.hookbus.faults;

/** Sums up the answers of {@code write}: calls that ran without a record, and the longest wait. */
final class Waits {

  private long degraded;
  private long longestMillis;

  /** Takes an answer; gives how many of its calls were degraded. */
  long hear(String answer) {
    String[] words = answer.split(" ", 3);
    long these = Long.parseLong(words[0]);
    degraded += these;
    longestMillis = Math.max(longestMillis, Long.parseLong(words[1]));
    return these;
  }

  @Override
  public String toString() {
    return degraded
        + " calls ran without a record and were counted; longest call "
        + longestMillis
        + " ms";
  }
}
