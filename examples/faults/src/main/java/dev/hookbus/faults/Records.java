package dev.hookbus.faults;

import dev.hookbus.correlation.CorrelationId;
import dev.hookbus.event.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Judges records: what was accepted must be in the log, and its event delivered, pending, dead, or
 * counted as dropped. What was not accepted may be there or not, but never by half.
 */
final class Records {

  /** Events of calls are made of their log rows; until then the row is the event. */
  private static final String PENDING =
      """
      SELECT correlation_id FROM hook_logs
      WHERE event_nonce IS NOT NULL AND hook_name = 'writer'
        AND log_id > (SELECT value FROM hookbus_meta WHERE name = 'outbox_watermark')
      """;

  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final List<String> broken = new ArrayList<>();

  /** Takes a line of a writer. */
  void hear(String line) {
    if (line.startsWith("ack ")) {
      accepted.add(line.substring("ack ".length()));
    } else if (line.startsWith("broken ")) {
      synchronized (broken) {
        broken.add(line.substring("broken ".length()));
      }
    }
  }

  long accepted() {
    return accepted.size();
  }

  /** Every broken promise. */
  List<String> judge(Scene scene) throws SQLException, IOException {
    return judge(scene, accepted);
  }

  /** Every broken promise to these records. */
  List<String> judge(Scene scene, Set<String> ids) throws SQLException, IOException {
    List<String> losses;
    synchronized (broken) {
      losses = new ArrayList<>(broken);
    }
    for (String check : scene.column("PRAGMA integrity_check")) {
      if (!check.equals("ok")) {
        losses.add("the file is corrupt: " + check);
      }
    }
    Set<String> logged = logged(scene.database());
    Set<String> told = new HashSet<>();
    delivered(scene.events()).forEach(id -> told.add(correlation(id)));
    undelivered(scene.database()).forEach(id -> told.add(correlation(id)));
    told.addAll(Scene.column(scene.database(), PENDING));
    long dropped =
        Long.parseLong(scene.column("SELECT coalesce(sum(n), 0) FROM sink_drops").get(0));
    long missingEvents = 0;
    for (String id : ids) {
      if (!logged.contains(correlation(id))) {
        losses.add("record " + id + " is not in the log");
      }
      if (!told.contains(correlation(id))) {
        missingEvents++;
      }
    }
    if (missingEvents > dropped) {
      losses.add(missingEvents + " events are lost, of which " + dropped + " were counted");
    }
    long halves = logged.stream().filter(id -> !told.contains(id)).count();
    if (halves > dropped) {
      losses.add(halves + " log rows have no event");
    }
    if (!logged.containsAll(told)) {
      losses.add("there are events without a log row");
    }
    return losses;
  }

  Set<String> ids() {
    return Set.copyOf(accepted);
  }

  /** Accepted records that are not in this database's log. */
  static Set<String> missing(Path database, Set<String> ids) throws SQLException {
    Set<String> logged = logged(database);
    Set<String> missing = new HashSet<>();
    for (String id : ids) {
      if (!logged.contains(correlation(id))) {
        missing.add(id);
      }
    }
    return missing;
  }

  private static Set<String> logged(Path database) throws SQLException {
    return new HashSet<>(
        Scene.column(database, "SELECT correlation_id FROM hook_logs WHERE hook_name = 'writer'"));
  }

  private static Set<String> undelivered(Path database) throws SQLException {
    Set<String> ids = new HashSet<>();
    // An empty entry is for no sink: it keeps the sequence.
    String all = "SELECT body FROM outbox WHERE body <> '' UNION ALL SELECT body FROM dead_letters";
    for (String body : Scene.column(database, all)) {
      collect(body, ids);
    }
    return ids;
  }

  private static Set<String> delivered(Path events) throws IOException {
    Set<String> ids = new HashSet<>();
    if (!Files.exists(events)) {
      return ids;
    }
    try (Stream<Path> files = Files.list(events)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        String text = Files.readString(file);
        // A line torn by a kill was never reported as delivered.
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        for (String line : whole.lines().toList()) {
          collect(line, ids);
        }
      }
    }
    return ids;
  }

  private static void collect(String json, Set<String> ids) {
    String id = EventJson.read(json).toolUseId();
    if (id != null) {
      ids.add(id);
    }
  }

  private static String correlation(String id) {
    return CorrelationId.of(Bench.SESSION, Bench.TOOL, id).value();
  }
}
