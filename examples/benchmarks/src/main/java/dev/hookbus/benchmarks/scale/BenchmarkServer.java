package dev.hookbus.benchmarks.scale;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of this machine that is there for a report: every commit on the disk before
 * it is acknowledged, as many connections as a fleet holds, the rest as PostgreSQL comes but for
 * memory and the distance of checkpoints.
 */
final class BenchmarkServer implements AutoCloseable {

  private final EmbeddedPostgres server;
  private final String url;
  private final ProcessHandle process;

  BenchmarkServer(int connections) throws IOException, SQLException {
    this.server =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(1))
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", String.valueOf(connections))
            .setServerConfig("shared_buffers", "1GB")
            .setServerConfig("max_wal_size", "4GB")
            .start();
    this.url = server.getJdbcUrl("postgres", "postgres");
    String postmaster = Path.of(text("SHOW data_directory"), "postmaster.pid").toString();
    this.process = ProcessHandle.of(firstNumber(Path.of(postmaster))).orElseThrow();
  }

  private static long firstNumber(Path file) throws IOException {
    return Long.parseLong(Files.readAllLines(file).get(0).strip());
  }

  String url() {
    return url;
  }

  /** The tables of a name of their own. */
  String url(String schema) throws SQLException {
    change("CREATE SCHEMA IF NOT EXISTS " + schema);
    return url + "&currentSchema=" + schema;
  }

  int port() {
    return server.getPort();
  }

  void change(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  /** Bytes of write-ahead log written so far. */
  long logBytes() throws SQLException {
    return number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  /** Connections of buses. */
  long connections() throws SQLException {
    return number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hookbus'");
  }

  /** Processor time of all of the server's processes that run now. */
  Duration processorTime() {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
