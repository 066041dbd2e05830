package dev.hookbus.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of records must see what is missing, and what is there by half. */
class RecordsTest {

  @TempDir Path directory;
  private Scene scene;
  private final Records records = new Records();

  @BeforeEach
  void writeTwentyRecords() {
    scene = new Scene(directory);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    new Bench(scene.database(), scene.events(), Duration.ofMinutes(1), new PrintStream(said))
        .write("r", 20);
    said.toString(java.nio.charset.StandardCharsets.UTF_8).lines().forEach(records::hear);
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + scene.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void completeRecords_areLostNowhere() throws Exception {
    assertThat(records.accepted()).isEqualTo(20);
    assertThat(records.judge(scene)).isEmpty();
  }

  @Test
  void missingRecord_isSeen() throws Exception {
    execute("DELETE FROM hook_logs WHERE log_id = 3");

    assertThat(records.judge(scene)).contains("record r-2 is not in the log");
  }

  @Test
  void missingEvent_isSeenUnlessItWasCounted() throws Exception {
    execute("UPDATE hook_logs SET event_nonce = NULL WHERE log_id = 3");
    assertThat(records.judge(scene))
        .contains("1 events are lost, of which 0 were counted", "1 log rows have no event");

    execute("INSERT INTO sink_drops (sink, reason, n) VALUES ('jsonl', 'outbox_full', 1)");
    assertThat(records.judge(scene)).isEmpty();
  }

  @Test
  void tornLineOfAKilledDrainer_isNotTakenForADelivery() throws Exception {
    new Bench(
            scene.database(),
            scene.events(),
            Duration.ofMinutes(1),
            new PrintStream(OutputStream.nullOutputStream()))
        .deliver(Duration.ofMinutes(1));
    assertThat(records.judge(scene)).isEmpty();
    Path file;
    try (Stream<Path> files = Files.list(scene.events())) {
      file = files.filter(one -> one.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }

    String first = Files.readString(file).lines().findFirst().orElseThrow();
    Files.writeString(file, first);
    assertThat(records.judge(scene)).contains("20 events are lost, of which 0 were counted");
    Files.writeString(file, first + "\n");
    assertThat(records.judge(scene)).contains("19 events are lost, of which 0 were counted");
  }
}
