package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every sink must do. Extend it, start a real receiver, and let the inherited tests run:
 *
 * <pre>{@code
 * class MySinkContractTest extends SinkContractTest {
 *   protected Sink createSink() { return ...; }
 *   protected List<String> receivedEventIds() { return server.eventIds(); }
 *   protected void breakReceiver() { server.answerWith(503); }
 *   protected void repairReceiver() { server.answerWith(201); }
 * }
 * }</pre>
 */
public abstract class SinkContractTest {
  private Sink sink;

  /** For the sink's own test class. */
  protected SinkContractTest() {}

  /** The sink under test, connected to the receiver. */
  protected abstract Sink createSink() throws Exception;

  /** The IDs of the events at the receiver, in order of arrival. */
  protected abstract List<String> receivedEventIds() throws Exception;

  /** Makes the receiver unable to take events for now. */
  protected abstract void breakReceiver() throws Exception;

  /** Makes it able again. */
  protected abstract void repairReceiver() throws Exception;

  @BeforeEach
  final void openSink() throws Exception {
    sink = createSink();
  }

  @AfterEach
  final void closeSink() {
    sink.close();
  }

  @Test
  void name_can_stand_in_a_flag_and_limits_are_positive() {
    assertThat(sink.name()).matches("[a-z0-9-]+");
    assertThat(sink.limits().maxEvents()).isPositive();
    assertThat(sink.limits().maxBytes()).isPositive();
  }

  @Test
  void delivered_batch_is_at_the_receiver_in_order() throws Exception {
    List<OutboxEvent> batch = batch(5);

    DeliveryReport report = sink.deliver(batch);

    assertThat(report).isEqualTo(DeliveryReport.allDelivered(5));
    assertThat(receivedEventIds()).containsExactlyElementsOf(ids(batch));
  }

  @Test
  void several_batches_arrive_in_order() throws Exception {
    List<OutboxEvent> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<OutboxEvent> batch = batch(3);
      all.addAll(batch);
      sink.deliver(batch);
    }

    assertThat(receivedEventIds()).containsExactlyElementsOf(ids(all));
  }

  @Test
  void empty_batch_has_an_empty_report() throws Exception {
    assertThat(sink.deliver(List.of()).outcomes()).isEmpty();
    assertThat(receivedEventIds()).isEmpty();
  }

  @Test
  void receiver_that_is_away_means_retry_for_every_event() throws Exception {
    breakReceiver();

    DeliveryReport report = sink.deliver(batch(3));

    assertThat(report.outcomes())
        .hasSize(3)
        .allSatisfy(o -> assertThat(o).isInstanceOf(DeliveryOutcome.Retry.class));
    assertThat(report.settledPrefix()).isZero();
    assertThat(receivedEventIds()).isEmpty();
  }

  @Test
  void batch_is_delivered_once_the_receiver_is_back() throws Exception {
    List<OutboxEvent> batch = batch(3);
    breakReceiver();
    sink.deliver(batch);
    repairReceiver();

    assertThat(sink.deliver(batch)).isEqualTo(DeliveryReport.allDelivered(3));
    assertThat(receivedEventIds()).containsExactlyElementsOf(ids(batch));
  }

  @Test
  void repeated_batch_carries_the_same_ids() throws Exception {
    List<OutboxEvent> batch = batch(2);

    sink.deliver(batch);
    DeliveryReport report = sink.deliver(batch);

    assertThat(report).isEqualTo(DeliveryReport.allDelivered(2));
    assertThat(receivedEventIds()).isNotEmpty().isSubsetOf(ids(batch));
  }

  @Test
  void interrupted_thread_stays_interrupted_and_loses_nothing() throws Exception {
    List<OutboxEvent> batch = batch(2);

    Thread.currentThread().interrupt();
    DeliveryReport report = sink.deliver(batch);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.outcomes()).hasSize(2).noneMatch(DeliveryOutcome.Dead.class::isInstance);
    assertThat(receivedEventIds()).hasSizeGreaterThanOrEqualTo(report.settledPrefix());
  }

  @Test
  void closed_sink_asks_for_a_retry_and_may_be_closed_again() throws Exception {
    sink.close();
    sink.close();

    DeliveryReport report = sink.deliver(batch(2));

    assertThat(report.outcomes())
        .hasSize(2)
        .allSatisfy(o -> assertThat(o).isInstanceOf(DeliveryOutcome.Retry.class));
    assertThat(receivedEventIds()).isEmpty();
  }

  /** A batch of valid envelopes with text of every kind in them. */
  protected static List<OutboxEvent> batch(int size) {
    return IntStream.range(0, size).mapToObj(SinkContractTest::event).toList();
  }

  private static OutboxEvent event(int index) {
    String id = UUID.randomUUID().toString();
    String json =
        """
        {"event_id":"%s","ts":"2026-01-29T10:00:01.000Z","schema_version":"1.0",\
        "session_id":"7d1c0b52-93c4-4d0e-9a34-6f0f5b1d2e01",\
        "run_id":"3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11","event_type":"progress","level":"info",\
        "source":{"host":"host_54f8bbaedd28","remote":false,"cwd":"~","project_dir":"shop"},\
        "hook_event_name":"PostToolUse","msg":"line\\nend \\"quoted\\" é日本😀 %d",\
        "tool_name":"Bash","tool_use_id":"toolu_01","data":{"n":%d,"x":null},"hash":"%s"}"""
            .formatted(id, index, index, "0".repeat(64));
    String traceparent = "00-3f0c5c1e6b0a4b579d0e2f4b0a6d7c11-e97dbafd033f9c77-01";
    return new OutboxEvent(
        index + 1, id, "progress", json, traceparent, Instant.parse("2026-01-29T10:00:01Z"));
  }

  private static List<String> ids(List<OutboxEvent> batch) {
    return batch.stream().map(OutboxEvent::eventId).toList();
  }
}
