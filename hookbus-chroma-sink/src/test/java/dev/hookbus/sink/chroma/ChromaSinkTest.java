package dev.hookbus.sink.chroma;

import static dev.hookbus.sink.chroma.ChromaCollection.AGENT_STATE;
import static dev.hookbus.sink.chroma.ChromaCollection.ARTIFACTS;
import static dev.hookbus.sink.chroma.ChromaCollection.EMBEDDINGS;
import static dev.hookbus.sink.chroma.ChromaCollection.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.event.ArtifactRef;
import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the sink makes of events, as a real server has it. */
class ChromaSinkTest {
  @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();

  private final ChromaConfig config = CHROMA.config().build();
  private final Stored stored = new Stored(config);

  private static DeliveryReport deliver(ChromaConfig config, List<OutboxEvent> batch) {
    try (ChromaSink sink = ChromaSink.to(config)) {
      return sink.deliver(batch);
    }
  }

  private void deliver(Event... events) {
    List<OutboxEvent> batch = Events.outbox(List.of(events));
    assertThat(deliver(config, batch)).isEqualTo(DeliveryReport.allDelivered(batch.size()));
  }

  @Test
  void event_isStoredAsItsEnvelopeWithMetadata() throws Exception {
    Event event =
        Events.of(EventType.TOOL_INVOCATION)
            .level(EventLevel.WARN)
            .tool("Bash", "toolu_01")
            .msg("Used Bash")
            .data(Map.of("status", "success", "duration_ms", 12.5, "other", "x"))
            .build();
    OutboxEvent outbox = Events.outbox(event, 77);

    deliver(config, List.of(outbox));

    ChromaRecord record = stored.byId(EVENTS).get(event.eventId().toString());
    assertThat(record.document()).isEqualTo(outbox.json());
    assertThat(record.metadata())
        .containsEntry("event_id", event.eventId().toString())
        .containsEntry("ts", Events.START.toEpochMilli())
        .containsEntry("seq", 77L)
        .containsEntry("event_type", "tool_invocation")
        .containsEntry("level", "warn")
        .containsEntry("run_id", Events.RUN)
        .containsEntry("session_id", Events.SESSION)
        .containsEntry("worker_id", "")
        .containsEntry("task_id", "")
        .containsEntry("tool_name", "Bash")
        .containsEntry("hash", event.hash())
        .containsEntry("data.status", "success")
        .containsEntry("data.duration_ms", 12.5)
        .doesNotContainKey("data.other");
    assertThat(stored.in(EMBEDDINGS)).isEmpty();
  }

  @Test
  void typesWorthFinding_areEmbedded() throws Exception {
    Event error =
        Events.of(EventType.ERROR)
            .msg("Error: boom")
            .errorDetail(ErrorDetail.of("ToolError", "permission denied"))
            .build();
    Event decision =
        Events.of(EventType.DECISION).msg("SQLite").data(Map.of("reasoning", "one file")).build();
    Event progress = Events.of(EventType.PROGRESS).msg("moved on").build();

    deliver(error, decision, progress);

    assertThat(stored.ids(EMBEDDINGS))
        .containsExactly(error.eventId() + "_emb", decision.eventId() + "_emb");
    assertThat(stored.in(EMBEDDINGS).get(0).document()).isEqualTo(error.indexableText());
  }

  @Test
  void artifact_isNamedByItsContent() throws Exception {
    Event first = Events.artifact("a.md", "sha256:" + "1".repeat(64));
    Event unread = Events.artifact("b.md", ArtifactRef.UNKNOWN_HASH);

    deliver(first, unread);

    Map<String, ChromaRecord> artifacts = stored.byId(ARTIFACTS);
    assertThat(artifacts)
        .containsOnlyKeys("sha256:" + "1".repeat(64), unread.eventId() + "_artifact_0");
    assertThat(artifacts.get("sha256:" + "1".repeat(64)).metadata())
        .containsEntry("path", "a.md")
        .containsEntry("type", "file")
        .containsEntry("size_bytes", 12L)
        .containsEntry("run_id", Events.RUN)
        .containsEntry("event_id", first.eventId().toString());
  }

  @Test
  void repeatedBatch_changesNothing() throws Exception {
    List<OutboxEvent> batch =
        Events.outbox(
            List.of(
                Events.heartbeat("worker_1", 1),
                Events.artifact("a.md", "sha256:" + "2".repeat(64))));

    deliver(config, batch);
    Map<String, ChromaRecord> before = stored.byId(EVENTS);
    deliver(config, batch);

    assertThat(stored.byId(EVENTS)).isEqualTo(before);
    assertThat(stored.in(ARTIFACTS)).hasSize(1);
    assertThat(stored.in(AGENT_STATE)).hasSize(1);
  }

  @Test
  void agentState_isTheNewestWhateverTheOrder() throws Exception {
    List<Event> heartbeats = new ArrayList<>();
    for (int worker = 0; worker < 3; worker++) {
      for (int second = 0; second < 20; second++) {
        heartbeats.add(Events.heartbeat("worker_" + worker, second));
      }
    }
    Collections.shuffle(heartbeats, new Random(7));

    for (int from = 0; from < heartbeats.size(); from += 7) {
      deliver(
          config, Events.outbox(heartbeats.subList(from, Math.min(from + 7, heartbeats.size()))));
    }

    assertThat(stored.byId(AGENT_STATE))
        .containsOnlyKeys(
            Events.RUN + "_worker_0", Events.RUN + "_worker_1", Events.RUN + "_worker_2");
    assertThat(stored.in(AGENT_STATE))
        .allSatisfy(state -> assertThat(state.metadata()).containsEntry("status", "step 19"));
  }

  @Test
  void agentState_losesWhatTheNewStateDoesNotHave() throws Exception {
    Event half =
        Events.of(EventType.PROGRESS)
            .workerId("worker_1")
            .msg("half")
            .data(Map.of("progress_pct", 50))
            .build();

    deliver(half);
    deliver(Events.heartbeat("worker_1", 5));

    ChromaRecord state = stored.in(AGENT_STATE).get(0);
    assertThat(state.metadata())
        .doesNotContainKey("progress_pct")
        .containsEntry("status", "step 5");
    assertThat(state.document()).contains("\"status\":\"step 5\"", "\"worker_id\":\"worker_1\"");
  }

  @Test
  void oversizeAndOddValues_areMadeStorable() throws Exception {
    Map<String, Object> data = new HashMap<>();
    data.put("status", "x".repeat(10_000));
    data.put("duration_ms", new BigInteger("9".repeat(30)));
    data.put("#odd", List.of("a", "b"));
    data.put("mixed", List.of("a", 1));
    data.put("many", Collections.nCopies(100, 1));
    data.put("none", List.of());
    data.put("object", Map.of("k", 1));
    data.put("long_key_" + "k".repeat(60), true);
    ChromaConfig wide = CHROMA.config().metadataKeys(List.copyOf(data.keySet())).build();
    Event event = Events.of(EventType.PROGRESS).data(data).build();

    assertThat(deliver(wide, List.of(Events.outbox(event))))
        .isEqualTo(DeliveryReport.allDelivered(1));

    Map<String, Object> metadata = new Stored(wide).in(EVENTS).get(0).metadata();
    assertThat(metadata)
        .containsEntry("data.duration_ms", "9".repeat(30))
        .containsEntry("data.#odd", List.of("a", "b"))
        .containsEntry("data.mixed", "[\"a\",1]")
        .containsEntry("data.object", "{\"k\":1}")
        .doesNotContainKey("data.none");
    assertThat((String) metadata.get("data.status")).hasSize(4096);
    assertThat((List<?>) metadata.get("data.many")).hasSize(64);
    assertThat(metadata.keySet()).allSatisfy(k -> assertThat(k).hasSizeLessThanOrEqualTo(36));
  }

  @Test
  void longEnvelope_losesItsDataAndStaysAnEnvelope() throws Exception {
    Event event =
        Events.of(EventType.PROGRESS)
            .workerId("worker_1")
            .msg("big")
            .data(Map.of("text", "日本".repeat(20_000)))
            .build();

    deliver(event);

    ChromaRecord record = stored.in(EVENTS).get(0);
    Event read = EventJson.read(record.document());
    assertThat(read.msg()).isEqualTo("big");
    assertThat(read.data()).containsEntry("truncated", true).containsKey("original_bytes");
  }

  @Test
  void secretNobodyRedacted_doesNotLeave() throws Exception {
    String secret = "ghp_" + "a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6e7F8";
    Event event =
        Events.of(EventType.ERROR)
            .msg("push with " + secret)
            .data(Map.of("status", "token " + secret, "password", "hunter2"))
            .build();

    deliver(event);

    assertThat(stored.in(EVENTS).toString() + stored.in(EMBEDDINGS))
        .doesNotContain(secret)
        .doesNotContain("hunter2")
        .contains(event.eventId().toString(), Events.SESSION, Events.RUN);
  }

  @Test
  void whatIsNoEnvelope_isDeadAlone() throws Exception {
    List<OutboxEvent> batch = new ArrayList<>(Events.progress(3));
    batch.set(1, new OutboxEvent(9, "x", "progress", "{\"no\":1}", null, Events.START));

    DeliveryReport report = deliver(config, batch);

    assertThat(report.outcomes().get(1)).isInstanceOf(DeliveryOutcome.Dead.class);
    assertThat(report.settledPrefix()).isEqualTo(3);
    assertThat(stored.ids(EVENTS)).containsExactly(batch.get(0).eventId(), batch.get(2).eventId());
  }

  @Test
  void deletedCollection_isMadeAnew() throws Exception {
    try (ChromaSink sink = ChromaSink.to(config)) {
      sink.deliver(Events.progress(2));
      stored.client().deleteCollection(config.name(EVENTS));

      assertThat(sink.deliver(Events.progress(2))).isEqualTo(DeliveryReport.allDelivered(2));
    }
    assertThat(stored.in(EVENTS)).hasSize(2);
  }

  @Test
  void missingTenantAndDatabase_areMade() throws Exception {
    String name = "db-" + System.nanoTime();
    ChromaConfig elsewhere = CHROMA.config().tenant("t-" + name).database(name).build();

    assertThat(deliver(elsewhere, Events.progress(1))).isEqualTo(DeliveryReport.allDelivered(1));
    assertThat(new Stored(elsewhere).in(EVENTS)).hasSize(1);
  }

  @Test
  void otherEmbedder_isRefusedByNameAndNothingIsHalfWritten() throws Exception {
    Event error = Events.of(EventType.ERROR).msg("first").build();
    deliver(error);
    ChromaConfig other =
        ChromaConfig.at(CHROMA.uri())
            .prefix(prefix())
            .embedder(Embedder.ofEach("acme/minilm", 3, text -> new float[] {1, 0, 0}))
            .build();
    List<OutboxEvent> batch =
        Events.outbox(
            List.of(
                Events.of(EventType.PROGRESS).msg("goes").build(),
                Events.of(EventType.ERROR).msg("waits").build(),
                Events.of(EventType.PROGRESS).msg("waits behind it").build()));

    DeliveryReport report = deliver(other, batch);

    assertThat(report.settledPrefix()).isEqualTo(1);
    assertThat(report.firstRetry().reason())
        .contains("hookbus-hash-v1/256", "256 dimensions", "acme/minilm", "3 dimensions")
        .contains("delete the collection");
    assertThat(stored.ids(EVENTS))
        .containsExactly(error.eventId().toString(), batch.get(0).eventId());
  }

  private String prefix() {
    String name = config.name(EVENTS);
    return name.substring(0, name.length() - "events".length());
  }

  @Test
  void collectionOfAnotherProgram_isRefused() throws Exception {
    stored.client().getOrCreate(config.name(EVENTS), Map.of("made_by", "somebody else"));

    DeliveryReport report = deliver(config, Events.progress(1));

    assertThat(report.firstRetry().reason()).contains("of another program", "none/1");
  }

  @Test
  void failingEmbedder_meansWaitingAndNoOtherEmbedder() throws Exception {
    AtomicBoolean down = new AtomicBoolean(true);
    Embedder moody =
        Embedder.of(
            "moody",
            2,
            texts -> {
              if (down.get()) {
                throw new IOException("model server is down");
              }
              return Collections.nCopies(texts.size(), new float[] {1, 2});
            });
    ChromaConfig moodyConfig = CHROMA.config().embedder(moody).build();
    Stored there = new Stored(moodyConfig);
    List<OutboxEvent> batch =
        Events.outbox(List.of(Events.of(EventType.ERROR).msg("boom").build()));

    try (ChromaSink sink = ChromaSink.to(moodyConfig)) {
      assertThat(sink.deliver(batch).firstRetry().reason()).contains("moody", "IOException");
      assertThat(there.in(EVENTS)).isEmpty();
      down.set(false);
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryReport.allDelivered(1));
    }
    assertThat(there.in(EMBEDDINGS)).hasSize(1);
  }

  @Test
  void embedderWithWrongAnswers_isNotBelieved() {
    for (Embedder wrong :
        List.of(
            Embedder.of("few", 2, texts -> List.of()),
            Embedder.ofEach("short", 2, text -> new float[] {1}),
            Embedder.ofEach("nan", 2, text -> new float[] {1, Float.NaN}))) {
      DeliveryReport report =
          deliver(
              CHROMA.config().embedder(wrong).build(),
              Events.outbox(List.of(Events.of(EventType.ERROR).msg("x").build())));
      assertThat(report.firstRetry().reason()).contains("the embedder " + wrong.id() + " gave");
    }
  }
}
