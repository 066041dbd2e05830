package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.GuardKey;
import dev.hookbus.GuardResult;
import dev.hookbus.HookBus;
import dev.hookbus.PostgresServer;
import dev.hookbus.metrics.HookStats;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateCommandTest extends CliTest {

  private static final GuardKey KEY = GuardKey.of("tool_track", "toolu_1");

  private PostgresServer server;
  private Path export;

  @BeforeEach
  void fillFile() throws Exception {
    server = PostgresServer.schema();
    export = directory.resolve("state.jsonl");
    try (HookBus bus = openBus()) {
      bus.guard("tracker").build().call(KEY, () -> "done");
      bus.guard("tracker").build().run(GuardKey.none(), () -> {});
    }
  }

  @AfterEach
  void dropSchema() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private void useServer(String url) {
    setProperty("hookbus.store.url", url);
    setProperty("hookbus.db", directory.resolve("local.db").toString());
    setProperty("hookbus.budget.ms", "60000");
  }

  private HookBus sharedBus() {
    return HookBus.builder()
        .database(directory.resolve("local.db"))
        .storeUrl(server.url())
        .storeBudget(Duration.ofMinutes(1))
        .build();
  }

  @Test
  void exportedState_keepsKeysTakenAndStatisticsOnTheServer() {
    assertThat(hookbus("store", "export", export.toString()).out())
        .startsWith("Exported 1 key and ")
        .endsWith(" statistics rows.\n");
    useServer(server.url());
    try (HookBus bus = sharedBus()) {
      bus.guard("tracker").build().run(GuardKey.none(), () -> {});
      assertThat(bus.stats(Duration.ofHours(1))).hasSize(1);
    }

    Outcome imported = bare("store", "import", export.toString());

    assertThat(imported.err()).isEmpty();
    assertThat(imported.out()).startsWith("Imported 1 key and ");
    try (HookBus bus = sharedBus()) {
      assertThat(bus.guard("tracker").build().call(KEY, () -> "again"))
          .isInstanceOf(GuardResult.Replayed.class)
          .extracting(result -> result.orElse(""))
          .isEqualTo("done");
      HookStats stats = bus.stats(Duration.ofHours(1)).get(0);
      assertThat(stats.successes()).isEqualTo(3);
      assertThat(stats.dedupeHits()).isEqualTo(1);
      assertThat(stats.latency().count()).isEqualTo(3);
    }
  }

  @Test
  void statistics_areTakenOnceAndKeysAsOftenAsOneLikes() {
    hookbus("store", "export", export.toString());
    Path keys = directory.resolve("keys.jsonl");
    hookbus("store", "export", "--keys-only", keys.toString());
    useServer(server.url());

    assertThat(bare("store", "import", keys.toString()).exitCode()).isZero();
    assertThat(bare("store", "import", keys.toString()).exitCode()).isZero();
    assertThat(bare("store", "import", export.toString()).exitCode()).isZero();
    Outcome again = bare("store", "import", export.toString());

    assertThat(again.exitCode()).isEqualTo(ExitCode.NO_DATABASE);
    assertThat(again.err()).contains("imported before");
    try (HookBus bus = sharedBus()) {
      assertThat(bus.stats(Duration.ofHours(1)).get(0).totalCalls()).isEqualTo(2);
    }
  }

  @Test
  void exportThatIsCutOff_changesNothing() throws IOException {
    hookbus("store", "export", export.toString());
    List<String> lines = Files.readAllLines(export);
    Files.write(export, lines.subList(0, lines.size() - 1));
    useServer(server.url());

    Outcome imported = bare("store", "import", export.toString());

    assertThat(imported.exitCode()).isEqualTo(ExitCode.NO_DATABASE);
    assertThat(imported.err()).contains("cut off");
    assertThat(bare("keys", "list").out()).isEqualTo("No key is taken.\n");
  }

  @Test
  void existingFile_isNotOverwritten() throws IOException {
    Files.writeString(export, "precious");

    assertThat(hookbus("store", "export", export.toString()).err()).contains("is there already");
    assertThat(export).hasContent("precious");
  }

  @Test
  void printedSchema_isWhatTheCheckAsksFor() throws Exception {
    useServer(server.url());
    Outcome missing = bare("store", "schema", "--check");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.NO_DATABASE);
    assertThat(missing.err()).contains("hookbus store schema");

    server.change(bare("store", "schema").out());

    assertThat(bare("store", "schema", "--check").out()).contains("in order, schema ");
  }

  @Test
  void status_showsTheServerWithoutSecretsAndWhatWaitsForIt() throws IOException {
    int nobody;
    try (ServerSocket closedSoon = new ServerSocket(0)) {
      nobody = closedSoon.getLocalPort();
    }
    String url = "jdbc:postgresql://localhost:" + nobody + "/hooks?user=ann&password=s3cret";
    try (HookBus bus =
        HookBus.builder().database(directory.resolve("local.db")).storeUrl(url).build()) {
      bus.guard("h").build().run(KEY, () -> {});
    }
    useServer(url);

    Outcome status = bare("status");

    assertThat(status.out())
        .contains("Shared    jdbc:postgresql://localhost:" + nobody + "/hooks\n")
        .contains("unusable; ", "Waiting   1 record for the shared store")
        .doesNotContain("s3cret", "user=", "Dropped");
  }

  @Test
  void status_saysWhatWaitedInVain() throws Exception {
    useServer(server.url());
    Path file = directory.resolve("local.db");
    try (HookBus bus = HookBus.builder().database(file).build()) {
      bus.guard("makes the file").build().run(KEY, () -> {});
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO hookbus_meta (name, value)"
              + " VALUES ('waiting_full', 1200), ('waiting_age', 4), ('waiting_outcomes', 3)");
    }

    assertThat(bare("status").out())
        .contains(
            "Dropped   1,204 records that waited in vain (waiting_age 4, waiting_full 1,200),"
                + " 3 of them with the outcome of a claimed key\n");
  }
}
