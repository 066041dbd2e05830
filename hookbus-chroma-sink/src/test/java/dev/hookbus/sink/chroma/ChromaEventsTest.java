package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.event.ErrorDetail;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import dev.hookbus.sink.DeliveryReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChromaEventsTest {
  @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();

  private final ChromaConfig config = CHROMA.config().build();
  private final ChromaEvents events = ChromaEvents.open(config);

  @AfterEach
  void close() {
    events.close();
  }

  private void deliver(List<Event> delivered) {
    try (ChromaSink sink = ChromaSink.to(config)) {
      assertThat(sink.deliver(Events.outbox(delivered)))
          .isEqualTo(DeliveryReport.allDelivered(delivered.size()));
    }
  }

  private static Event error(String session, String message) {
    return Events.of(EventType.ERROR)
        .sessionId(session)
        .level(EventLevel.ERROR)
        .msg("Error: " + message)
        .errorDetail(ErrorDetail.of("ToolError", message))
        .build();
  }

  @Test
  void emptyServer_hasNothingAndStaysEmpty() throws Exception {
    assertThat(events.latest(EventQuery.all(), 10)).isEmpty();
    assertThat(events.page(EventQuery.all(), 10)).isEqualTo(new EventPage(List.of(), null));
    assertThat(events.count(EventQuery.all())).isZero();
    assertThat(events.search("anything", EventQuery.all(), 10)).isEmpty();
    assertThat(events.erase(EraseScope.run(Events.RUN)).total()).isZero();
    assertThat(new Stored(config).id(ChromaCollection.EVENTS)).isEmpty();
  }

  @Test
  void words_findTheNearestEventFirst() {
    Event denied = error("s1", "permission denied while opening /etc/shadow");
    Event timeout = error("s1", "timeout while connecting to the database");
    Event other = error("s2", "permission denied by the reviewer");
    deliver(List.of(timeout, denied, other));

    List<SearchHit> hits = events.search("open permissionDenied", EventQuery.all(), 3);
    assertThat(hits).hasSize(3);
    assertThat(hits.get(2).event().eventId()).isEqualTo(timeout.eventId().toString());
    assertThat(hits.get(0).score()).isGreaterThan(hits.get(2).score() + 0.1);
    assertThat(hits.get(0).event().event().errorDetail().type()).isEqualTo("ToolError");

    assertThat(events.search("permission denied", EventQuery.all().session("s2"), 3))
        .extracting(hit -> hit.event().eventId())
        .containsExactly(other.eventId().toString());
    assertThat(events.search("denied", EventQuery.all().contains("shadow"), 3))
        .extracting(hit -> hit.event().eventId())
        .containsExactly(denied.eventId().toString());
  }

  @Test
  void otherEmbedder_isRefusedInSearchToo() {
    deliver(List.of(error("s1", "boom")));
    String name = config.name(ChromaCollection.EVENTS);
    ChromaConfig other =
        ChromaConfig.at(CHROMA.uri())
            .prefix(name.substring(0, name.length() - "events".length()))
            .embedder(Embedder.none())
            .build();

    try (ChromaEvents asking = ChromaEvents.open(other)) {
      assertThatThrownBy(() -> asking.search("boom", EventQuery.all(), 1))
          .isInstanceOf(ChromaException.class)
          .hasMessageContaining("hookbus-hash-v1/256")
          .hasMessageContaining("none/1");
    }
  }

  @Test
  void erase_takesOneSessionFromAllCollections() {
    List<Event> delivered = new ArrayList<>();
    for (String session : List.of("gone", "stays")) {
      delivered.add(error(session, "boom in " + session));
      delivered.add(
          Events.of(EventType.PROGRESS).sessionId(session).workerId("worker_" + session).build());
      delivered.add(
          Events.of(EventType.ARTIFACT)
              .sessionId(session)
              .msg("made")
              .artifactRefs(Events.artifact("a", "sha256:" + session).artifactRefs())
              .build());
    }
    deliver(delivered);
    EraseScope scope = EraseScope.session("gone");

    EraseReport would = events.wouldErase(scope);
    assertThat(would.records())
        .isEqualTo(
            Map.of(
                ChromaCollection.EVENTS, 3L,
                ChromaCollection.ARTIFACTS, 1L,
                ChromaCollection.EMBEDDINGS, 2L,
                ChromaCollection.AGENT_STATE, 1L));
    assertThat(events.count(EventQuery.all())).isEqualTo(6);

    assertThat(events.erase(scope)).isEqualTo(would);
    assertThat(events.wouldErase(scope).total()).isZero();
    assertThat(events.wouldErase(EraseScope.session("stays")).total()).isEqualTo(7);
    assertThat(events.search("boom", EventQuery.all(), 5)).hasSize(2);
  }

  @Test
  void erase_isNotBoundByOneAnswer() {
    for (int i = 0; i < 3; i++) {
      try (ChromaSink sink = ChromaSink.to(config)) {
        sink.deliver(Events.progress(290));
      }
    }

    assertThat(events.erase(EraseScope.run(Events.RUN)).total()).isEqualTo(870);
    assertThat(events.count(EventQuery.all())).isZero();
  }

  @Test
  void retention_isLongerForArtifacts() {
    deliver(List.of(Events.artifact("old.md", "sha256:1"), error("s", "old")));

    assertThat(erasedAfter(Duration.ofDays(89)).total()).isZero();
    assertThat(erasedAfter(Duration.ofDays(91)).records())
        .containsEntry(ChromaCollection.EVENTS, 2L)
        .containsEntry(ChromaCollection.EMBEDDINGS, 2L)
        .containsEntry(ChromaCollection.ARTIFACTS, 0L);
    assertThat(erasedAfter(Duration.ofDays(366)).records())
        .containsEntry(ChromaCollection.ARTIFACTS, 1L);
  }

  private EraseReport erasedAfter(Duration age) {
    return events.erase(
        EraseScope.olderThan(
            Events.START.plus(age), EraseScope.EVENTS_AGE, EraseScope.ARTIFACTS_AGE));
  }

  @Test
  void uselessQuestions_areRefusedHere() {
    EventQuery all = EventQuery.all();
    assertThatIllegalArgumentException().isThrownBy(() -> all.run(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> all.types(EventType.UNKNOWN));
    assertThatIllegalArgumentException().isThrownBy(() -> all.levels(EventLevel.UNKNOWN));
    assertThatIllegalArgumentException().isThrownBy(() -> all.contains(""));
    assertThatIllegalArgumentException().isThrownBy(() -> all.contains("x".repeat(2001)));
    assertThatIllegalArgumentException().isThrownBy(() -> all.regex("a("));
    assertThatIllegalArgumentException().isThrownBy(() -> all.regex("a(?=b)"));
    assertThatIllegalArgumentException().isThrownBy(() -> all.regex("(a)\\1"));
    assertThatIllegalArgumentException().isThrownBy(() -> events.latest(all, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> events.latest(all, 1001));
    assertThatIllegalArgumentException().isThrownBy(() -> events.search("x", all, 301));
    assertThatIllegalArgumentException().isThrownBy(() -> events.search(" ", all, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> EraseScope.session(""));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EraseScope.olderThan(Events.START, Duration.ZERO, EraseScope.ARTIFACTS_AGE));
  }

  @Test
  void recreatedCollection_isFoundAgain() throws Exception {
    deliver(List.of(error("s1", "first")));
    assertThat(events.count(EventQuery.all())).isEqualTo(1);
    new Stored(config).client().deleteCollection(config.name(ChromaCollection.EVENTS));
    assertThat(events.count(EventQuery.all())).isZero();
    deliver(List.of(error("s1", "second"), error("s1", "third")));

    assertThat(events.count(EventQuery.all())).isEqualTo(2);
  }
}
