package dev.hookbus;

import static org.assertj.core.api.Assertions.fail;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server for tests: the one {@code HOOKBUS_TEST_POSTGRES_URL} names, or one that
 * is started once for all tests of this process. Every test gets a schema of its own there.
 */
public final class PostgresServer implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static @Nullable String server;
  private static @Nullable String missing;

  private final String schema;
  private @Nullable String user;

  private PostgresServer(String schema) {
    this.schema = schema;
  }

  /** An empty schema. The test is skipped, with a reason, where no server can be had. */
  public static PostgresServer schema() throws SQLException {
    PostgresServer fresh =
        new PostgresServer(
            "hookbus_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet());
    fresh.change("CREATE SCHEMA " + fresh.schema);
    return fresh;
  }

  /** The schema's URL, with its user. */
  public String url() {
    return withParameter(server(), "currentSchema=" + schema);
  }

  /** The same by way of another port of this machine. */
  public String urlVia(int port) {
    return url().replaceFirst("//[^/]+/", "//localhost:" + port + "/");
  }

  /** The port the server listens on. */
  public int port() {
    String authority = server().replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1");
    int colon = authority.lastIndexOf(':');
    return colon < 0 ? 5432 : Integer.parseInt(authority.substring(colon + 1));
  }

  /** A connection for looking behind the store's back. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** The number a query gives. */
  public long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  /** The lines a query gives. */
  public List<String> lines(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  /** Makes a user that may use the schema's tables and change none of them, until it is closed. */
  public String newUser() throws SQLException {
    String name = schema + "_user";
    change("CREATE ROLE " + name + " LOGIN");
    user = name;
    change("GRANT USAGE ON SCHEMA " + schema + " TO " + name);
    change(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + name);
    return name;
  }

  /** The schema's URL for a user made by {@link #newUser}. */
  public String url(String name) {
    return withParameter(url().replaceFirst("user=[^&]*&?", ""), "user=" + name);
  }

  /** Runs a statement. */
  public void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    change("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    if (user != null) {
      change("DROP ROLE " + user);
    }
  }

  private static synchronized String server() {
    String known = server;
    if (known == null && missing == null) {
      known = find();
      server = known;
    }
    if (known == null) {
      String reason = "no PostgreSQL server: " + missing;
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
    return known;
  }

  private static @Nullable String find() {
    String given = System.getenv("HOOKBUS_TEST_POSTGRES_URL");
    if (given != null) {
      return given;
    }
    try {
      return EmbeddedPostgres.builder()
          .setPGStartupWait(START_PATIENCE)
          .start()
          .getJdbcUrl("postgres", "postgres");
    } catch (IOException | IllegalStateException e) {
      missing = e + "; HOOKBUS_TEST_POSTGRES_URL names an existing one";
      return null;
    }
  }

  private static String withParameter(String url, String parameter) {
    return url + (url.contains("?") ? "&" : "?") + parameter;
  }
}
