package dev.hookbus.benchmarks.scale;

import dev.hookbus.metrics.LatencyBuckets;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.sqlite.SQLiteConfig;

/**
 * Fills a database with the history of a busy machine: the rows the library would have written in
 * thirty days, by twenty hooks of which few have most calls, and a key for each row. The library
 * makes the tables and counts the rows; only the writing takes a short cut.
 */
final class Filler {

  static final int HOOKS = 20;
  static final Duration HISTORY = Duration.ofDays(30);

  private static final int BATCH = 10_000;

  private static final String INSERT_ROW =
      """
      INSERT INTO hook_logs
        (correlation_id, hook_name, event_type, tool_name, status, duration_ms, payload_bytes,
         compressed, payload, error, created_ms, run_id, session_id, overhead_ms, latency_bucket,
         degraded, truncated, payload_sha256, redactions)
      VALUES (?, ?, 'PostToolUse', ?, ?, ?, ?, 0, NULL, NULL, ?, ?, ?, ?, ?, 0, 0, ?, NULL)
      """;

  private static final String INSERT_KEY =
      """
      INSERT INTO dedupe_keys
        (key, category, state, owner, fence, created_ms, expires_ms, completed_ms)
      VALUES (?, 'tool_track', 1, ?, 1, ?, ?, ?)
      """;

  private static final String[] NAMES =
      IntStream.range(0, HOOKS).mapToObj(i -> "hook-" + (10 + i)).toArray(String[]::new);
  private static final String[] TOOLS = {"Edit", "Bash", "Read", "Grep", "Write"};

  private final Path file;
  private final SplittableRandom random = new SplittableRandom(11);
  private final double[] hookLimits = zipf();

  Filler(Path file) {
    this.file = file;
  }

  static String hook(int number) {
    return NAMES[number];
  }

  /**
   * Writes the rows and keys.
   *
   * @return nanoseconds the library took to count the rows
   */
  long fill(int rows) throws Exception {
    makeTables();
    if (rows == 0) {
      return 0;
    }
    try (Connection connection = open()) {
      insertRows(connection, rows);
      // A tree that grew by insertion is filled to about 70 %, one that was built in order to 100.
      insertKeys(connection, rows * 7 / 10);
      insertKeys(connection, rows - rows * 7 / 10);
    }
    return rollUp(rows);
  }

  private void makeTables() throws Exception {
    try (Store store = Store.sqlite(SqliteSettings.of(file))) {
      store.admin().status();
    }
  }

  /** A crash may cost us the file, so nothing is written twice or flushed. */
  private Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setGetGeneratedKeys(false);
    config.setCacheSize(-500_000);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private void insertRows(Connection connection, int rows) throws SQLException {
    connection.setAutoCommit(false);
    long end = System.currentTimeMillis();
    double step = (double) HISTORY.toMillis() / rows;
    try (PreparedStatement row = connection.prepareStatement(INSERT_ROW)) {
      for (int i = 0; i < rows; i++) {
        bindRow(row, end - (long) ((rows - i) * step));
        row.executeUpdate();
        if (i % BATCH == BATCH - 1) {
          connection.commit();
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void bindRow(PreparedStatement row, long createdMillis) throws SQLException {
    int hook = pickHook();
    double luck = random.nextDouble();
    boolean skipped = luck < 0.05;
    long nanos = skipped ? 0 : durationOf(hook);
    row.setString(1, HexFormat.of().toHexDigits(random.nextLong()));
    row.setString(2, hook(hook));
    row.setString(3, TOOLS[random.nextInt(TOOLS.length)]);
    row.setString(4, skipped ? "dedupe_skip" : luck < 0.07 ? "error" : "success");
    row.setDouble(5, nanos / 1e6);
    row.setInt(6, 200 + random.nextInt(4_000));
    row.setLong(7, createdMillis);
    row.setString(8, "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11");
    row.setString(9, "9b1f6c7e-27a5-4c0c-8e52-0d7a1f3b5e90");
    row.setDouble(10, 0.05 + 0.05 * random.nextDouble());
    if (skipped) {
      row.setNull(11, Types.INTEGER);
    } else {
      row.setInt(11, LatencyBuckets.indexOf(nanos));
    }
    row.setBytes(12, bytes(32));
  }

  private void insertKeys(Connection connection, int keys) throws SQLException {
    connection.setAutoCommit(false);
    long end = System.currentTimeMillis();
    double step = Math.pow(2, 64) / keys;
    try (PreparedStatement row = connection.prepareStatement(INSERT_KEY)) {
      for (int i = 0; i < keys; i++) {
        long created = end - random.nextLong(HISTORY.toMillis());
        row.setBytes(1, key(i * step));
        row.setLong(2, random.nextLong());
        row.setLong(3, created);
        row.setLong(4, created + 2 * HISTORY.toMillis());
        row.setLong(5, created + 40);
        row.executeUpdate();
        if (i % BATCH == BATCH - 1) {
          connection.commit();
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private byte[] key(double position) {
    long first = (long) (position / 2);
    return ByteBuffer.allocate(16).putLong(first << 1).putLong(random.nextLong()).array();
  }

  private long rollUp(int rows) throws Exception {
    long start = System.nanoTime();
    try (Store store = Store.sqlite(SqliteSettings.of(file))) {
      while (counted() < rows) {
        store.admin().stats(Instant.now(), "none");
      }
      long nanos = System.nanoTime() - start;
      store.admin().cleanup(Duration.ofDays(400), Duration.ofMinutes(10));
      return nanos;
    }
  }

  private long counted() throws SQLException {
    return number(file, "SELECT value FROM hookbus_meta WHERE name = 'rollup_watermark'");
  }

  static long number(Path file, String sql) throws SQLException {
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Log-normal, as durations are; each hook with a median of its own from 2 to 40 ms. */
  private long durationOf(int hook) {
    double gauss = 0;
    for (int i = 0; i < 12; i++) {
      gauss += random.nextDouble();
    }
    return (long) (2e6 * (1 + hook) * Math.exp(0.8 * (gauss - 6)));
  }

  private int pickHook() {
    double luck = random.nextDouble();
    int hook = 0;
    while (luck > hookLimits[hook] && hook < HOOKS - 1) {
      hook++;
    }
    return hook;
  }

  private static double[] zipf() {
    double[] limits = new double[HOOKS];
    double sum = 0;
    for (int i = 0; i < HOOKS; i++) {
      sum += 1.0 / (i + 1);
      limits[i] = sum;
    }
    for (int i = 0; i < HOOKS; i++) {
      limits[i] /= sum;
    }
    return limits;
  }
}
