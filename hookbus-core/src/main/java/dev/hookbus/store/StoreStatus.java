package dev.hookbus.store;

/**
 * Size and content of a database.
 *
 * @param location where it is
 * @param engine name and version of the database engine
 * @param schemaVersion version of the tables
 * @param bytes size on disk, write-ahead log included
 * @param logRows rows in the log
 * @param keys keys stored, expired ones included
 */
public record StoreStatus(
    String location, String engine, int schemaVersion, long bytes, long logRows, long keys) {}
