package dev.hookbus.store;

import dev.hookbus.json.JsonException;
import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries keys and statistics from one store to another as lines of JSON: first a line that names
 * the transfer, then a line for each row, then one that says how many there were.
 */
final class StateTransfer {

  private static final String FORMAT = "hookbus-state-1";
  private static final int PAGE = 5_000;

  /** Which of the columns of statistics holds the histogram. */
  private static final int LATENCY = 11;

  private static final Table KEYS =
      new Table(
          "dedupe_keys",
          List.of(
              Column.bytes("key"),
              Column.text("category"),
              Column.number("state"),
              Column.number("owner"),
              Column.number("fence"),
              Column.number("created_ms"),
              Column.number("expires_ms"),
              Column.number("completed_ms").orNull(),
              Column.bytes("payload_hash").orNull(),
              Column.text("output_kind").orNull(),
              Column.text("output").orNull()),
          """
          ON CONFLICT (key) DO UPDATE SET
            category = excluded.category, state = excluded.state, owner = excluded.owner,
            fence = dedupe_keys.fence + excluded.fence, created_ms = excluded.created_ms,
            expires_ms = excluded.expires_ms, completed_ms = excluded.completed_ms,
            payload_hash = excluded.payload_hash, output_kind = excluded.output_kind,
            output = excluded.output
          WHERE dedupe_keys.expires_ms <= {now + ?}
          """);

  private static final Table METRICS =
      new Table(
          "hook_metrics",
          List.of(
              Column.text("hook_name"),
              Column.number("resolution"),
              Column.number("period"),
              Column.number("call_count"),
              Column.number("success_count"),
              Column.number("failure_count"),
              Column.number("dedupe_hits"),
              Column.number("degraded_count"),
              Column.fraction("total_duration_ms"),
              Column.fraction("total_overhead_ms"),
              Column.number("total_payload_bytes"),
              Column.text("latency").orNull()),
          """
          ON CONFLICT (hook_name, resolution, period) DO UPDATE SET
            call_count = hook_metrics.call_count + excluded.call_count,
            success_count = hook_metrics.success_count + excluded.success_count,
            failure_count = hook_metrics.failure_count + excluded.failure_count,
            dedupe_hits = hook_metrics.dedupe_hits + excluded.dedupe_hits,
            degraded_count = hook_metrics.degraded_count + excluded.degraded_count,
            total_duration_ms = hook_metrics.total_duration_ms + excluded.total_duration_ms,
            total_overhead_ms = hook_metrics.total_overhead_ms + excluded.total_overhead_ms,
            total_payload_bytes = hook_metrics.total_payload_bytes + excluded.total_payload_bytes,
            latency = excluded.latency
          """);

  private static final List<Table> TABLES = List.of(KEYS, METRICS);

  private static final String LIVE_KEYS =
      KEYS.select() + " WHERE key > ? AND expires_ms > {now + ?} ORDER BY key LIMIT ?";

  private static final String HISTOGRAMS =
      "SELECT hook_name, resolution, period, latency FROM hook_metrics WHERE latency IS NOT NULL";

  private static final String REMEMBER =
      "INSERT INTO hookbus_meta (name, value) VALUES (?, {now + ?}) ON CONFLICT (name) DO NOTHING";

  private enum Kind {
    TEXT,
    NUMBER,
    FRACTION,
    BYTES
  }

  private record Column(String name, Kind kind, boolean nullable) {
    static Column text(String name) {
      return new Column(name, Kind.TEXT, false);
    }

    static Column number(String name) {
      return new Column(name, Kind.NUMBER, false);
    }

    static Column fraction(String name) {
      return new Column(name, Kind.FRACTION, false);
    }

    static Column bytes(String name) {
      return new Column(name, Kind.BYTES, false);
    }

    Column orNull() {
      return new Column(name, kind, true);
    }
  }

  private record Table(String name, List<Column> columns, String insert) {
    Table {
      insert =
          "INSERT INTO "
              + name
              + " ("
              + names(columns)
              + ") VALUES (?"
              + ", ?".repeat(columns.size() - 1)
              + ") "
              + insert;
    }

    String select() {
      return "SELECT " + names(columns) + " FROM " + name;
    }

    private static String names(List<Column> columns) {
      return String.join(", ", columns.stream().map(Column::name).toList());
    }
  }

  /** A transfer that was read and found whole. */
  record Parcel(String id, List<Row> rows, TransferReport report) {}

  /** A row on its way, its values in the order of the table's columns. */
  record Row(boolean key, List<@Nullable Object> values, String insert) {}

  private StateTransfer() {}

  /** Writes keys that are taken and, unless only those are wanted, all statistics. */
  static TransferReport write(Session session, boolean keysOnly, Writer out, long clockOffset)
      throws DatabaseException, IOException {
    line(
        out,
        new JsonWriter()
            .beginObject()
            .field("format", FORMAT)
            .field("id", UUID.randomUUID().toString())
            .endObject());
    long keys = writeKeys(session, out, clockOffset);
    long statistics = 0;
    if (!keysOnly) {
      try (Rows rows = session.prepared(METRICS.select()).rows()) {
        while (rows.next()) {
          write(METRICS, rows, out);
          statistics++;
        }
      }
    }
    line(out, new JsonWriter().beginObject().field("rows", keys + statistics).endObject());
    return new TransferReport(keys, statistics);
  }

  private static long writeKeys(Session session, Writer out, long clockOffset)
      throws DatabaseException, IOException {
    byte[] after = {};
    long written = 0;
    long page = PAGE;
    while (page == PAGE) {
      page = 0;
      Query query = session.prepared(LIVE_KEYS);
      query.bind(1, after);
      query.bind(2, clockOffset);
      query.bind(3, PAGE);
      try (Rows rows = query.rows()) {
        while (rows.next()) {
          after = rows.getBytes(1);
          write(KEYS, rows, out);
          page++;
        }
      }
      written += page;
    }
    return written;
  }

  private static void write(Table table, Rows rows, Writer out)
      throws DatabaseException, IOException {
    JsonWriter json = new JsonWriter().beginObject().field("table", table.name());
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (rows.isNull(i + 1)) {
        continue;
      }
      switch (column.kind()) {
        case TEXT -> json.field(column.name(), rows.getText(i + 1));
        case NUMBER -> json.field(column.name(), rows.getLong(i + 1));
        case FRACTION -> json.name(column.name()).value(rows.getDouble(i + 1));
        case BYTES -> json.field(column.name(), HexFormat.of().formatHex(rows.getBytes(i + 1)));
      }
    }
    line(out, json.endObject());
  }

  private static void line(Writer out, JsonWriter json) throws IOException {
    out.write(json.finish());
    out.write('\n');
  }

  /**
   * Reads a transfer to its end.
   *
   * @throws StoreException naming the first line that is wrong, or that lines are missing
   */
  static Parcel read(BufferedReader in) throws StoreException, IOException {
    String id = null;
    List<Row> rows = new ArrayList<>();
    long keys = 0;
    int number = 0;
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      number++;
      JsonValue line = parse(text, number);
      if (id == null) {
        id = FORMAT.equals(line.text("format")) ? line.text("id") : null;
        if (id == null) {
          throw new StoreException("the file is no export of a store", null);
        }
      } else if (line.get("rows") != null) {
        if (number(line, "rows", number) != rows.size()) {
          throw new StoreException("the file lacks lines; nothing was imported", null);
        }
        return new Parcel(id, rows, new TransferReport(keys, rows.size() - keys));
      } else {
        Row row = row(line, number);
        rows.add(row);
        keys += row.key() ? 1 : 0;
      }
    }
    throw new StoreException("the file is cut off; nothing was imported", null);
  }

  /**
   * Puts a transfer in, all or nothing. Keys that are taken here stay as they are; statistics add
   * up.
   *
   * @return whether it was not there yet
   */
  static boolean apply(Session session, Parcel parcel, long clockOffset) throws DatabaseException {
    return session.inTransaction(
        locked -> {
          if (parcel.report().statistics() > 0 && !remember(locked, parcel.id(), clockOffset)) {
            return false;
          }
          // Held to the end, so that no roll-up changes a histogram meanwhile.
          long unused = locked.number(RollUp.WATERMARK);
          Map<List<Object>, String> histograms = histograms(locked);
          int enqueued = 0;
          for (Row row : parcel.rows()) {
            Query insert = locked.prepared(row.insert());
            bind(insert, row.values());
            if (row.key()) {
              insert.bind(row.values().size() + 1, clockOffset);
            } else {
              String known = histograms.get(period(row.values()));
              insert.bind(LATENCY + 1, merged(known, (String) row.values().get(LATENCY)));
            }
            insert.enqueue();
            if (++enqueued % PAGE == 0) {
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
    for (Table table : TABLES) {
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
      Object value = values.get(i);
      if (value instanceof Long number) {
        query.bind(i + 1, number);
      } else if (value instanceof Double fraction) {
        query.bind(i + 1, fraction);
      } else if (value instanceof byte[] bytes) {
        query.bind(i + 1, bytes);
      } else if (value instanceof String text) {
        query.bind(i + 1, text);
      } else {
        query.bindNull(i + 1);
      }
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
    for (Table table : TABLES) {
      if (table.name().equals(name)) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : table.columns()) {
          values.add(value(line, column, number));
        }
        return new Row(table.equals(KEYS), values, table.insert());
      }
    }
    throw wrong(number);
  }

  private static @Nullable Object value(JsonValue line, Column column, int number)
      throws StoreException {
    JsonValue value = line.get(column.name());
    if (value == null && column.nullable()) {
      return null;
    }
    Object read =
        value == null
            ? null
            : switch (column.kind()) {
              case TEXT -> value.asText();
              case NUMBER -> value.asLong();
              case FRACTION -> value.asDouble();
              case BYTES -> bytes(value.asText());
            };
    if (read == null) {
      throw wrong(number);
    }
    return read;
  }

  private static byte @Nullable [] bytes(@Nullable String hex) {
    try {
      return hex == null ? null : HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException notHex) {
      return null;
    }
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
