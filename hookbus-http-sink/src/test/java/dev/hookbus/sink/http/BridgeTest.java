package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.event.EventJson;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sink against a server with the original bridge's manners. */
@Timeout(120)
class BridgeTest {
  private static final int LIMIT = 1_000_000;
  private static final String KEY = "k-1234";

  private Bridge bridge;

  @BeforeEach
  void start() throws IOException {
    bridge = Bridge.start(KEY, LIMIT);
  }

  @AfterEach
  void stop() throws IOException {
    bridge.close();
  }

  private HttpSink.Builder sink() {
    return HttpSink.to(bridge.uri("/ingest")).apiKey(KEY);
  }

  @Test
  void events_arrive_in_order_and_a_repeat_is_a_delivery() throws Exception {
    List<OutboxEvent> batch = events(20);
    try (Sink sink = sink().build()) {
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryReport.allDelivered(20));
      assertThat(sink.deliver(batch.subList(0, 3))).isEqualTo(DeliveryReport.allDelivered(3));
    }

    assertThat(bridge.stored())
        .extracting(envelope -> envelope.get("event_id").asText())
        .containsExactlyElementsOf(batch.stream().map(OutboxEvent::eventId).toList());
    assertThat(bridge.statuses()).filteredOn(status -> status == 202).hasSize(3);
  }

  @Test
  void event_it_hangs_up_on_is_dead_and_holds_nothing_up() throws Exception {
    List<OutboxEvent> batch = new ArrayList<>(events(2));
    batch.add(1, large(5 * LIMIT));
    try (Sink sink = sink().build()) {
      assertThat(sink.deliver(batch).outcomes())
          .containsExactly(
              DeliveryOutcome.delivered(),
              DeliveryOutcome.dead("HTTP 413"),
              DeliveryOutcome.delivered());
    }
    assertThat(bridge.stored()).hasSize(2);
  }

  /** Whether the answer or the hang-up is seen first is the network's choice. */
  @Test
  void hang_up_is_told_from_a_broken_connection_every_time() throws Exception {
    OutboxEvent event = large(5 * LIMIT);
    try (Sink sink = sink().build()) {
      for (int i = 0; i < 10; i++) {
        assertThat(sink.deliver(List.of(event)).outcomes())
            .containsExactly(DeliveryOutcome.dead("HTTP 413"));
      }
    }
  }

  @Test
  void batch_it_hangs_up_on_is_split_until_only_what_is_too_large_is_dead() throws Exception {
    List<OutboxEvent> batch = new ArrayList<>(events(6));
    batch.add(2, large(5 * LIMIT));
    try (Bridge batches = Bridge.startWithBatches(KEY, LIMIT);
        Sink sink =
            HttpSink.to(batches.uri("/ingest"))
                .apiKey(KEY)
                .profile(HttpProfile.BRIDGE_BATCH)
                .gzip(false)
                .build()) {
      List<DeliveryOutcome> outcomes = sink.deliver(batch).outcomes();
      assertThat(outcomes.get(2)).isEqualTo(DeliveryOutcome.dead("HTTP 413"));
      assertThat(outcomes).filteredOn(DeliveryOutcome.delivered()::equals).hasSize(6);
      assertThat(batches.stored()).hasSize(6);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpProfile.class,
      names = {"BRIDGE_BATCH", "CLOUDEVENTS", "CLOUDEVENTS_BATCH", "OTLP"})
  void dialect_it_does_not_speak_stores_nothing(HttpProfile profile) throws Exception {
    try (Sink sink = sink().profile(profile).build()) {
      assertThat(sink.deliver(events(20)).outcomes())
          .noneMatch(DeliveryOutcome.delivered()::equals);
    }
    assertThat(bridge.stored()).isEmpty();
  }

  @Test
  void wrong_key_and_wrong_path_are_dead() throws Exception {
    try (Sink stranger = HttpSink.to(bridge.uri("/ingest")).apiKey("other").build();
        Sink lost = HttpSink.to(bridge.uri("/ingest?x=1")).apiKey(KEY).build()) {
      assertThat(stranger.deliver(events(1)).outcomes())
          .containsExactly(DeliveryOutcome.dead("HTTP 401"));
      assertThat(lost.deliver(events(1)).outcomes())
          .containsExactly(DeliveryOutcome.dead("HTTP 404"));
    }
  }

  /** Unlike in data, so unlike in hash: the bridge knows repeats by it. */
  private static List<OutboxEvent> events(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> Events.of(Events.FACTORY.decision("choice", "reason " + i)))
        .toList();
  }

  private static OutboxEvent large(int bytes) {
    var event = Events.FACTORY.toolInvocation("PostToolUse", "Edit", null, Map.of("n", bytes));
    String json = EventJson.write(event);
    String padded = json.substring(0, json.length() - 1) + ",\"x\":\"" + "y".repeat(bytes) + "\"}";
    return new OutboxEvent(
        1, event.eventId().toString(), event.type().wireName(), padded, null, Events.NOW);
  }
}
