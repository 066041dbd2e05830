package dev.hookbus.store;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.store.StateFormat.Column;
import dev.hookbus.store.StateFormat.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What another store has exported, read and found whole, to be put into this one. */
final class StateImport {

  private static final int RUN_AT_ONCE = 5_000;

  private static final String HISTOGRAMS =
      "SELECT hook_name, resolution, period, latency FROM hook_metrics WHERE latency IS NOT NULL";

  private static final String REMEMBER =
      "INSERT INTO hookbus_meta (name, value) VALUES (?, {now + ?}) ON CONFLICT (name) DO NOTHING";

  /** A row on its way, its values in the order of the table's columns. */
  private record Row(boolean key, List<@Nullable Object> values, String insert) {}

  private final String id;
  private final List<Row> rows;
  private final TransferReport report;

  private StateImport(String id, List<Row> rows, TransferReport report) {
    this.id = id;
    this.rows = rows;
    this.report = report;
  }

  /**
   * Reads an export to its end.
   *
   * @throws StoreException naming the first line that is wrong, or that lines are missing
   */
  static StateImport read(BufferedReader in) throws StoreException, IOException {
    String id = null;
    List<Row> rows = new ArrayList<>();
    long keys = 0;
    int number = 0;
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      number++;
      JsonValue line = parse(text, number);
      if (id == null) {
        id = StateFormat.NAME.equals(line.text("format")) ? line.text("id") : null;
        if (id == null) {
          throw new StoreException("the file is no export of a store", null);
        }
      } else if (line.get("rows") != null) {
        if (number(line, "rows", number) != rows.size()) {
          throw new StoreException("the file lacks lines; nothing was imported", null);
        }
        return new StateImport(id, rows, new TransferReport(keys, rows.size() - keys));
      } else {
        Row row = row(line, number);
        rows.add(row);
        keys += row.key() ? 1 : 0;
      }
    }
    throw new StoreException("the file is cut off; nothing was imported", null);
  }

  /** What it brings. */
  TransferReport report() {
    return report;
  }

  /**
   * Puts it in, all or nothing. Keys that are taken here stay as they are; statistics add up.
   *
   * @return whether it was not there yet
   */
  boolean apply(Session session, long clockOffset) throws DatabaseException {
    return session.inTransaction(
        locked -> {
          if (report.statistics() > 0 && !remember(locked, id, clockOffset)) {
            return false;
          }
          // Held to the end, so that no roll-up changes a histogram meanwhile.
          long unused = locked.number(RollUp.WATERMARK);
          Map<List<Object>, String> histograms = histograms(locked);
          int enqueued = 0;
          for (Row row : rows) {
            Query insert = locked.prepared(row.insert());
            bind(insert, row.values());
            if (row.key()) {
              insert.bind(row.values().size() + 1, clockOffset);
            } else {
              String known = histograms.get(period(row.values()));
              insert.bind(
                  StateFormat.LATENCY + 1,
                  merged(known, (String) row.values().get(StateFormat.LATENCY)));
            }
            insert.enqueue();
            if (++enqueued % RUN_AT_ONCE == 0) {
              runEnqueued(locked);
            }
          }
          runEnqueued(locked);
          return true;
        });
  }

  /** The histograms that are there, by hook, resolution and period. */
  private static Map<List<Object>, String> histograms(Session session) throws DatabaseException {
    Map<List<Object>, String> found = new HashMap<>();
    try (Rows rows = session.prepared(HISTOGRAMS).rows()) {
      while (rows.next()) {
        found.put(List.of(rows.getText(1), rows.getLong(2), rows.getLong(3)), rows.getText(4));
      }
    }
    return found;
  }

  private static List<@Nullable Object> period(List<@Nullable Object> values) {
    return values.subList(0, 3);
  }

  private static @Nullable String merged(@Nullable String known, @Nullable String added) {
    BucketCounts counts = new BucketCounts();
    counts.add(known);
    counts.add(added);
    return counts.toText();
  }

  private static void runEnqueued(Session session) throws DatabaseException {
    for (Table table : StateFormat.TABLES) {
      session.prepared(table.insert()).runEnqueued();
    }
  }

  private static boolean remember(Session session, String id, long clockOffset)
      throws DatabaseException {
    Query remember = session.prepared(REMEMBER);
    remember.bind(1, "import:" + id);
    remember.bind(2, clockOffset);
    return remember.update() == 1;
  }

  private static void bind(Query query, List<@Nullable Object> values) throws DatabaseException {
    for (int i = 0; i < values.size(); i++) {
      query.bindValue(i + 1, values.get(i));
    }
  }

  private static JsonValue parse(String text, int number) throws StoreException {
    try {
      JsonValue line = JsonValue.parse(text);
      if (line.isObject()) {
        return line;
      }
    } catch (JsonException notJson) {
      // Said below.
    }
    throw wrong(number);
  }

  private static Row row(JsonValue line, int number) throws StoreException {
    String name = line.text("table");
    for (Table table : StateFormat.TABLES) {
      if (table.name().equals(name)) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : table.columns()) {
          values.add(value(line, column, number));
        }
        return new Row(table.equals(StateFormat.KEYS), values, table.insert());
      }
    }
    throw wrong(number);
  }

  private static @Nullable Object value(JsonValue line, Column column, int number)
      throws StoreException {
    Object value = column.read(line);
    if (value == null && !(column.nullable() && line.get(column.name()) == null)) {
      throw wrong(number);
    }
    return value;
  }

  private static long number(JsonValue line, String name, int number) throws StoreException {
    JsonValue value = line.get(name);
    Long read = value == null ? null : value.asLong();
    if (read == null) {
      throw wrong(number);
    }
    return read;
  }

  private static StoreException wrong(int number) {
    return new StoreException(
        "line " + number + " is not of an export; nothing was imported", null);
  }
}
