package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.store.Budget;
import dev.hookbus.store.DeliveryState;
import dev.hookbus.store.Outbox;
import dev.hookbus.store.OutboxEntry;
import dev.hookbus.store.OutboxLease;
import dev.hookbus.store.OutboxProgress;
import dev.hookbus.store.OutgoingEvent;
import dev.hookbus.store.SqliteSettings;
import dev.hookbus.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three events wait for the sink {@code jsonl}, and one became a dead letter. */
class OutboxCommandsTest extends CliTest {

  private Path events;

  @BeforeEach
  void recordEvents() throws Exception {
    events = directory.resolve("events");
    setProperty("zo.event.log.dir", events.toString());
    setProperty("hookbus.sinks", "jsonl");
    try (Store store = Store.sqlite(SqliteSettings.of(database))) {
      Outbox outbox = store.outbox();
      outbox.register(List.of("jsonl"), budget());
      outbox.append(
          Stream.of("0", "1", "2", "3")
              .map(id -> new OutgoingEvent(id, "progress", "{\"id\":" + id + "}", null))
              .toList(),
          budget());
      OutboxLease lease = outbox.lease("jsonl", Duration.ofSeconds(1), budget()).orElseThrow();
      OutboxEntry first = outbox.read(lease, 1, 1_000, budget()).get(0);
      outbox.advance(
          lease,
          new OutboxProgress(
              new DeliveryState(first.sequence(), 0, Duration.ZERO, Instant.EPOCH, null, ""),
              0,
              List.of(new OutboxProgress.Dead(first, "HTTP 400")),
              Map.of()),
          Duration.ofSeconds(1),
          budget());
      outbox.release(lease, budget());
    }
  }

  @Test
  void drain_deliversWhatWaits() throws Exception {
    assertThat(hookbus("drain"))
        .isEqualTo(
            new Outcome(0, "Nothing is left; 'hookbus sinks list' shows what became of it.\n", ""));

    assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    JsonNode sink = new ObjectMapper().readTree(hookbus("sinks", "list", "--json").out());
    assertThat(sink.get("sink").asText()).isEqualTo("jsonl");
    assertThat(sink.get("backlog").asInt()).isZero();
    assertThat(sink.get("delivered").asInt()).isEqualTo(3);
    assertThat(sink.get("dead_letters").asInt()).isEqualTo(1);
  }

  @Test
  void drainOfAPausedSink_saysSo() throws Exception {
    assertThat(hookbus("sinks", "pause", "jsonl")).isEqualTo(new Outcome(0, "Paused jsonl.\n", ""));

    Outcome drain = hookbus("drain");

    assertThat(drain.exitCode()).isEqualTo(1);
    assertThat(drain.out()).isEqualTo("What is left is held up by 'hookbus sinks pause': jsonl.\n");
    assertThat(events).doesNotExist();
    assertThat(hookbus("sinks", "list").out()).contains("paused");
    assertThat(hookbus("sinks", "resume", "jsonl").out()).isEqualTo("Resumed jsonl.\n");
    assertThat(hookbus("drain").exitCode()).isZero();
    assertThat(lines()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void sinkThatIsNotThere_isNamedWithThoseThatAre(String command) {
    assertThat(hookbus("sinks", command, "json"))
        .isEqualTo(new Outcome(1, "", "hookbus: no sink 'json' is known; there are jsonl\n"));
  }

  @Test
  void drainWithoutSinks_saysWhichFlagNamesThem() {
    setProperty("hookbus.sinks", "");

    assertThat(hookbus("drain").err())
        .isEqualTo("hookbus: there is nobody to deliver to; HOOKBUS_SINKS names sinks\n");
  }

  @Test
  void drainToASinkThatIsNotThere_saysWhichThereAre() {
    setProperty("hookbus.sinks", "pigeon");

    Outcome drain = hookbus("drain");

    assertThat(drain.exitCode()).isEqualTo(1);
    assertThat(drain.err()).startsWith("hookbus: HOOKBUS_SINKS ").contains("jsonl");
  }

  @Test
  void sinkThatIsNotThere_holdsUpNoOther() throws Exception {
    setProperty("hookbus.sinks", "pigeon,jsonl");

    Outcome drain = hookbus("drain");

    assertThat(drain.exitCode()).isEqualTo(1);
    assertThat(drain.err()).startsWith("hookbus: HOOKBUS_SINKS ");
    assertThat(lines()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "86401"})
  void patienceThatIsNone_isRefused(String patience) {
    Outcome drain = hookbus("drain", "--patience=" + patience);

    assertThat(drain.exitCode()).isEqualTo(2);
    assertThat(drain.err()).contains("--patience", "from 0 to 86400");
  }

  @Test
  void deadLetters_areShownSentAgainAndPurged() throws Exception {
    assertThat(hookbus("dead-letters", "list").out()).contains("progress", "HTTP 400");
    JsonNode letter = new ObjectMapper().readTree(hookbus("dead-letters", "list", "--json").out());
    assertThat(letter.get("event").get("id").asInt()).isZero();
    assertThat(hookbus("dead-letters", "list", "--sink", "other").out())
        .isEqualTo("There is no dead letter.\n");
    assertThat(hookbus("dead-letters", "requeue", "other").out())
        .isEqualTo("Requeued 0 letters.\n");

    assertThat(hookbus("dead-letters", "requeue", "jsonl", letter.get("id").asText()).out())
        .isEqualTo("Requeued 1 letter.\n");
    hookbus("drain");

    assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}", "{\"id\":0}");
    assertThat(hookbus("dead-letters", "purge", "jsonl").err()).contains("--yes");
    assertThat(hookbus("dead-letters", "purge", "jsonl", "--yes").out())
        .isEqualTo("Purged 0 letters.\n");
  }

  private List<String> lines() throws Exception {
    try (Stream<Path> files = Files.list(events)) {
      Path only =
          files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
      return Files.readAllLines(only);
    }
  }

  private static Budget budget() {
    return Budget.of(Duration.ofSeconds(30));
  }
}
