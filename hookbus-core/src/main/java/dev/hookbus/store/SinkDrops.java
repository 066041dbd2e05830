package dev.hookbus.store;

import java.util.HashMap;
import java.util.Map;

/** What sinks lost, counted by the reason. */
final class SinkDrops {

  private static final String COUNT =
      """
      INSERT INTO sink_drops (sink, reason, n) VALUES (?, ?, ?)
      ON CONFLICT (sink, reason) DO UPDATE SET n = sink_drops.n + excluded.n
      """;

  private static final String COUNT_BEHIND =
      """
      INSERT INTO sink_drops (sink, reason, n)
      SELECT s.sink, ?, (
        SELECT count(*) FROM outbox o
        WHERE o.seq > s.cursor AND o.seq < ? AND (o.sink IS NULL OR o.sink = s.sink)) AS waiting
      FROM sink_state s WHERE s.cursor < ? - 1
      ON CONFLICT (sink, reason) DO UPDATE SET n = sink_drops.n + excluded.n
      """;

  private static final String READ = "SELECT sink, reason, n FROM sink_drops";

  void count(Session session, String sink, String reason, int count) throws DatabaseException {
    Query statement = session.prepared(COUNT);
    statement.bind(1, sink);
    statement.bind(2, reason);
    statement.bind(3, count);
    statement.update();
  }

  /** Counts what every sink misses that is behind a sequence. */
  void countBehind(Session session, long sequence, String reason) throws DatabaseException {
    Query statement = session.prepared(COUNT_BEHIND);
    statement.bind(1, reason);
    statement.bind(2, sequence);
    statement.bind(3, sequence);
    statement.update();
  }

  /** The counts of every sink that lost something, by reason. */
  Map<String, Map<String, Long>> read(Session session) throws DatabaseException {
    Map<String, Map<String, Long>> drops = new HashMap<>();
    try (Rows rows = session.prepared(READ).rows()) {
      while (rows.next()) {
        if (rows.getLong(3) > 0) {
          drops
              .computeIfAbsent(rows.getText(1), sink -> new HashMap<>())
              .put(rows.getText(2), rows.getLong(3));
        }
      }
    }
    return drops;
  }
}
