package dev.hookbus.store;

/**
 * What a clean-up did.
 *
 * @param logRows log rows removed
 * @param keys expired keys removed
 * @param statisticRows statistics too old to keep, removed
 * @param complete whether nothing is left to remove; {@code false} if the time limit came first
 */
public record CleanupReport(long logRows, long keys, long statisticRows, boolean complete) {}
