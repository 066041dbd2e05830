package dev.hookbus.store;

import dev.hookbus.json.JsonWriter;
import dev.hookbus.store.StateFormat.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.UUID;

/** Writes what a store knows, for another one. */
final class StateExport {

  private static final int PAGE = 5_000;

  private static final String LIVE_KEYS =
      StateFormat.KEYS.select() + " WHERE key > ? AND expires_ms > {now + ?} ORDER BY key LIMIT ?";

  private StateExport() {}

  /** Writes keys that are taken and, unless only those are wanted, all statistics. */
  static TransferReport write(Session session, boolean keysOnly, Writer out, long clockOffset)
      throws DatabaseException, IOException {
    line(
        out,
        new JsonWriter()
            .beginObject()
            .field("format", StateFormat.NAME)
            .field("id", UUID.randomUUID().toString())
            .endObject());
    long keys = writeKeys(session, out, clockOffset);
    long statistics = 0;
    if (!keysOnly) {
      try (Rows rows = session.prepared(StateFormat.METRICS.select()).rows()) {
        while (rows.next()) {
          write(StateFormat.METRICS, rows, out);
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
          write(StateFormat.KEYS, rows, out);
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
      if (!rows.isNull(i + 1)) {
        table.columns().get(i).write(json, rows, i + 1);
      }
    }
    line(out, json.endObject());
  }

  private static void line(Writer out, JsonWriter json) throws IOException {
    out.write(json.finish());
    out.write('\n');
  }
}
