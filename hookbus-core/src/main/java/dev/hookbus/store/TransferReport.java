package dev.hookbus.store;

/**
 * What an export or import carried.
 *
 * @param keys keys that are taken
 * @param statistics rows of statistics
 */
public record TransferReport(long keys, long statistics) {}
