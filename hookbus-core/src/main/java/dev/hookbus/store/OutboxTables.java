package dev.hookbus.store;

import java.util.List;

/** The tables of delivery. */
final class OutboxTables {

  static final List<String> ALL =
      List.of(
          // The newest row, or one in its place, always stays, so that sequences are never used
          // twice: cursors depend on it. AUTOINCREMENT would write one more page for each event.
          """
          CREATE TABLE IF NOT EXISTS outbox (
            seq         INTEGER PRIMARY KEY,
            created_ms  INTEGER NOT NULL,
            bytes       INTEGER NOT NULL,
            sink        TEXT,
            event_id    TEXT NOT NULL,
            event_type  TEXT NOT NULL,
            traceparent TEXT,
            body        TEXT NOT NULL
          )
          """,
          """
          CREATE TABLE IF NOT EXISTS sink_state (
            sink        TEXT PRIMARY KEY,
            cursor      INTEGER NOT NULL,
            owner       INTEGER,
            fence       INTEGER NOT NULL DEFAULT 0,
            lease_ms    INTEGER NOT NULL DEFAULT 0,
            attempts    INTEGER NOT NULL DEFAULT 0,
            pause_ms    INTEGER NOT NULL DEFAULT 0,
            next_ms     INTEGER NOT NULL DEFAULT 0,
            last_error  TEXT,
            breaker     TEXT NOT NULL DEFAULT '',
            paused      INTEGER NOT NULL DEFAULT 0,
            delivered   INTEGER NOT NULL DEFAULT 0,
            success_ms  INTEGER,
            failure_ms  INTEGER,
            rate_minute INTEGER NOT NULL DEFAULT 0,
            rate_now    INTEGER NOT NULL DEFAULT 0,
            rate_before INTEGER NOT NULL DEFAULT 0
          ) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS sink_drops (
            sink   TEXT NOT NULL,
            reason TEXT NOT NULL,
            n      INTEGER NOT NULL,
            PRIMARY KEY (sink, reason)
          ) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS dead_letters (
            id          INTEGER PRIMARY KEY,
            sink        TEXT NOT NULL,
            event_id    TEXT NOT NULL,
            event_type  TEXT NOT NULL,
            traceparent TEXT,
            body        TEXT NOT NULL,
            reason      TEXT NOT NULL,
            created_ms  INTEGER NOT NULL,
            died_ms     INTEGER NOT NULL
          )
          """,
          """
          CREATE TABLE IF NOT EXISTS drainer (
            id       INTEGER PRIMARY KEY CHECK (id = 1),
            holder   INTEGER NOT NULL,
            until_ms INTEGER NOT NULL
          )
          """);

  private OutboxTables() {}
}
