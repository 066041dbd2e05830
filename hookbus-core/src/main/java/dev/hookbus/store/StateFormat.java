package dev.hookbus.store;

import dev.hookbus.json.JsonValue;
import dev.hookbus.json.JsonWriter;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and statistics on their way from one store to another, as lines of JSON: first a line that
 * names the transfer, then a line for each row, then one that says how many there were.
 */
final class StateFormat {

  static final String NAME = "hookbus-state-1";

  /** Which of the columns of statistics holds the histogram. */
  static final int LATENCY = 11;

  static final Table KEYS =
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

  static final Table METRICS =
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
          RollUp.TO_WHAT_IS_THERE);

  static final List<Table> TABLES = List.of(KEYS, METRICS);

  private enum Kind {
    TEXT,
    NUMBER,
    FRACTION,
    BYTES
  }

  record Column(String name, Kind kind, boolean nullable) {
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

    /** Adds the value at an index of a row. */
    void write(JsonWriter json, Rows rows, int index) throws DatabaseException {
      switch (kind) {
        case TEXT -> json.field(name, rows.getText(index));
        case NUMBER -> json.field(name, rows.getLong(index));
        case FRACTION -> json.name(name).value(rows.getDouble(index));
        case BYTES -> json.field(name, HexFormat.of().formatHex(rows.getBytes(index)));
      }
    }

    /** What a line has for this column; {@code null} if that is nothing, or of another kind. */
    @Nullable Object read(JsonValue line) {
      JsonValue value = line.get(name);
      if (value == null) {
        return null;
      }
      return switch (kind) {
        case TEXT -> value.asText();
        case NUMBER -> value.asLong();
        case FRACTION -> value.asDouble();
        case BYTES -> fromHex(value.asText());
      };
    }

    private static byte @Nullable [] fromHex(@Nullable String hex) {
      try {
        return hex == null ? null : HexFormat.of().parseHex(hex);
      } catch (IllegalArgumentException notHex) {
        return null;
      }
    }
  }

  record Table(String name, List<Column> columns, String insert) {
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

  private StateFormat() {}
}
