package dev.hookbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.correlation.Correlation;
import dev.hookbus.logging.RecordedLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** A secret goes in wherever something can go in, and must come out nowhere. */
class PlantedSecretTest {

  private static final String SECRET = "gh" + "p_" + "q7Rk2mXv9LbT4wZc8NyH3sJd6FgP1aUe5oKi";
  private static final GuardKey KEY = GuardKey.of("token " + SECRET, SECRET);

  @TempDir Path directory;

  private record Document(String name, Map<String, String> headers) {}

  private void plantEverywhere(HookBus bus) {
    bus.telemetry()
        .subscribe(
            sample -> {
              throw new IllegalStateException("listener saw " + SECRET);
            });
    Document document = new Document("d", Map.of("Authorization", "Bearer " + SECRET));
    List<Object> payloads =
        List.of(
            "{\"tool_input\":{\"command\":\"curl -H 'X: " + SECRET + "'\"}}",
            ("plain " + SECRET).getBytes(StandardCharsets.UTF_8),
            document);
    Guard guard =
        bus.guard("hook " + SECRET).event("event " + SECRET).tool("tool " + SECRET).build();
    for (Object payload : payloads) {
      Guard call =
          guard.with(
              Invocation.ofSession("session " + SECRET).withToolUseId(SECRET).withPayload(payload));
      call.call(GuardKey.of("output", payload), () -> "the answer is " + SECRET);
      call.call(GuardKey.of("object", payload), Document.class, () -> document);
      call.run(KEY, () -> {});
      assertThatThrownBy(
              () ->
                  call.run(
                      GuardKey.none(),
                      () -> {
                        throw new IOException("refused: " + SECRET, new IOException(SECRET));
                      }))
          .hasMessageContaining(SECRET);
    }
    try (GuardScope scope = guard.open(GuardKey.of("scope", 1))) {
      throw scope.fail(new IllegalStateException("failed with " + SECRET));
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessageContaining(SECRET);
    }
  }

  @Test
  void plantedSecret_isInNoColumnNoFileAndNoLogLine() throws Exception {
    Path database = directory.resolve("hooks.db");
    try (HookBus bus = HookBus.builder().database(database).storeRaw(true).build()) {
      plantEverywhere(bus);
      assertThat(everyValueOf(database)).hasSizeGreaterThan(100).noneMatch(this::leaks);
    }

    assertThat(RecordedLogs.lines())
        .anyMatch(line -> line.contains("callback_failed"))
        .noneMatch(this::leaks);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(leaks(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)))
            .as(file.toString())
            .isFalse();
      }
    }
  }

  @Test
  void guardedBody_seesItsIdsInTheLoggingContext() {
    try (HookBus bus = HookBus.builder().database(directory.resolve("mdc.db")).build()) {
      Map<String, String> context =
          bus.guard("h").build().call(GuardKey.none(), MDC::getCopyOfContextMap).orElseThrow();

      assertThat(context).containsKeys(Correlation.MDC_CORRELATION_ID, Correlation.MDC_RUN_ID);
      assertThat(MDC.get(Correlation.MDC_RUN_ID)).isNull();
    }
  }

  /** Half a secret is a leak too. */
  private boolean leaks(String text) {
    return text.contains(SECRET.substring(4, 12)) || text.contains(SECRET.substring(24));
  }

  private static List<String> everyValueOf(Path database) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              values.add(String.valueOf(rows.getString(column)));
            }
          }
        }
      }
    }
    return values;
  }
}
