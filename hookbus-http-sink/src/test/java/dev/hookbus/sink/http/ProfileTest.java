package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import dev.hookbus.event.Event;
import dev.hookbus.sink.DeliveryOutcome;
import dev.hookbus.sink.DeliveryReport;
import dev.hookbus.sink.OutboxEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the receivers' own readers make of our bodies. */
class ProfileTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final EventFormat CLOUD_EVENTS = new io.cloudevents.jackson.JsonFormat();

  private Receiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = Receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void structured_cloud_event_is_read_by_the_official_sdk() {
    OutboxEvent event = Events.failedTool();

    deliver(HttpProfile.CLOUDEVENTS, event);

    assertThat(receiver.onlyRequest().header("Content-Type"))
        .startsWith("application/cloudevents+json");
    assertCloudEvent(receiver.onlyRequest().body(), event);
  }

  @Test
  void batched_cloud_events_are_each_read_by_the_official_sdk() throws Exception {
    OutboxEvent first = Events.failedTool();
    OutboxEvent second = Events.error();

    deliver(HttpProfile.CLOUDEVENTS_BATCH, first, second);

    assertThat(receiver.onlyRequest().header("Content-Type"))
        .startsWith("application/cloudevents-batch+json");
    JsonNode batch = body();
    assertThat(batch).hasSize(2);
    assertCloudEvent(batch.get(0).toString(), first);
    assertCloudEvent(batch.get(1).toString(), second);
  }

  private static void assertCloudEvent(String json, OutboxEvent event) {
    CloudEvent read = CLOUD_EVENTS.deserialize(json.getBytes(StandardCharsets.UTF_8));
    assertThat(read.getId()).isEqualTo(event.eventId());
    assertThat(read.getSource()).hasToString("urn:hookbus:host_54f8bbaedd28");
    assertThat(read.getType()).isEqualTo("dev.hookbus." + event.eventType());
    assertThat(read.getTime().toInstant()).isEqualTo(Events.NOW);
    assertThat(read.getExtension("traceparent")).isEqualTo(Events.TRACEPARENT);
    assertThat(read.getExtension("hookbusrun")).isEqualTo(Events.RUN);
    assertThat(read.getExtension("hookbussession")).isEqualTo("sess_7QK2");
    assertThat(new String(read.getData().toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(event.json());
  }

  @Test
  void otlp_is_read_by_the_official_protocol() throws Exception {
    OutboxEvent tool = Events.failedTool();

    deliver(HttpProfile.OTLP, tool, Events.one());

    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    JsonFormat.parser().merge(receiver.onlyRequest().body(), request);
    List<LogRecord> records = request.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
    assertThat(records).hasSize(2);
    LogRecord record = records.get(0);
    assertThat(record.getTimeUnixNano()).isEqualTo(1_769_680_801_000_000_000L);
    assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_ERROR);
    assertThat(record.getBody().getStringValue()).isEqualTo("PostToolUse: Bash");
    assertThat(record.getEventName()).isEqualTo("hookbus.tool_invocation");
    assertThat(attributes(record))
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("gen_ai.tool.name", "Bash")
        .containsEntry("gen_ai.tool.call.id", "toolu_01")
        .containsEntry("gen_ai.conversation.id", "sess_7QK2")
        .containsEntry("error.type", "IOException")
        .containsEntry("hookbus.event.id", tool.eventId())
        .containsEntry("hookbus.correlation_id", "e97dbafd033f9c77")
        .doesNotContainKey("hookbus.data");
  }

  @Test
  void otlp_writes_ids_in_hex_and_numbers_as_text() throws Exception {
    deliver(HttpProfile.OTLP, Events.one());

    JsonNode record = body().at("/resourceLogs/0/scopeLogs/0/logRecords/0");
    assertThat(record.get("traceId").asText()).isEqualTo("3f0c5c1e6b0a4b579d0e2f4b0a6d7c11");
    assertThat(record.get("spanId").asText()).isEqualTo("e97dbafd033f9c77");
    assertThat(record.get("flags").asInt()).isEqualTo(1);
    assertThat(record.get("timeUnixNano").isTextual()).isTrue();
  }

  @Test
  void otlp_leaves_out_a_broken_trace_context() throws Exception {
    OutboxEvent event = Events.one();
    OutboxEvent broken =
        new OutboxEvent(
            1, event.eventId(), event.eventType(), event.json(), "00-zz", event.recordedAt());

    deliver(HttpProfile.OTLP, broken);

    assertThat(body().findValue("traceId")).isNull();
  }

  @Test
  void otlp_sends_data_only_when_asked() throws Exception {
    HttpSink.to(receiver.uri("/"))
        .profile(HttpProfile.OTLP)
        .otlpData(true)
        .build()
        .deliver(List.of(Events.failedTool()));

    assertThat(receiver.onlyRequest().body()).contains("hookbus.data").contains("tool_input");
  }

  @Test
  void otlp_partial_success_that_rejects_everything_is_dead() {
    receiver.answer(
        request ->
            Receiver.Reply.of(
                200, "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\",\"errorMessage\":\"\"}}"));

    DeliveryReport all = deliver(HttpProfile.OTLP, Events.one(), Events.one());
    DeliveryReport some = deliver(HttpProfile.OTLP, Events.one(), Events.one(), Events.one());

    assertThat(all.outcomes()).containsOnly(DeliveryOutcome.dead("rejected by the collector"));
    assertThat(some).isEqualTo(DeliveryReport.allDelivered(3));
  }

  @Test
  void leanvibe_gets_a_tool_call_in_its_own_fields() throws Exception {
    deliver(HttpProfile.LEANVIBE, Events.failedTool());

    JsonNode body = body();
    assertThat(UUID.fromString(body.get("session_id").asText())).isNotNull();
    assertThat(UUID.fromString(body.get("agent_id").asText())).isNotNull();
    assertThat(body.get("event_type").asText()).isEqualTo("POST_TOOL_USE");
    assertThat(body.get("tool_name").asText()).isEqualTo("Bash");
    assertThat(body.get("parameters")).isEqualTo(MAPPER.readTree("{\"command\":\"ls\"}"));
    assertThat(body.get("result").asText()).isEqualTo("no");
    assertThat(body.get("success").asBoolean()).isFalse();
    assertThat(body.get("error").asText()).isEqualTo("exit status 1");
    assertThat(body.get("error_type").asText()).isEqualTo("IOException");
    assertThat(body.get("correlation_id").asText()).isEqualTo("e97dbafd033f9c77");
    assertThat(body.get("execution_time_ms").asInt()).isEqualTo(13);
    assertThat(body.get("timestamp").asText()).isEqualTo("2026-01-29T10:00:01Z");
    assertThat(body.at("/context/run_id").asText()).isEqualTo(Events.RUN);
  }

  @Test
  void leanvibe_has_types_for_agents_tools_and_errors_and_the_rest_is_skipped() {
    List<Event> events =
        List.of(
            Events.FACTORY.sessionStart("ci", "2.0", "/w"),
            Events.FACTORY.sessionEnd("Stop", Map.of()),
            Events.FACTORY.workerSpawn("worker_1a2b3c4d", "t", "d", Map.of(), List.of()),
            Events.FACTORY.done("worker_1a2b3c4d", "t", null, Map.of()),
            Events.FACTORY.progress("PreToolUse", "Bash", "toolu_01", Map.of()),
            Events.FACTORY.progress("PostToolUse", "Bash", "toolu_01", Map.of()),
            Events.FACTORY.heartbeat("worker_1a2b3c4d", "t", "1/2", 50),
            Events.FACTORY.progress("Notification", null, null, Map.of()),
            Events.FACTORY.decision("a", "b"));

    DeliveryReport report =
        deliver(HttpProfile.LEANVIBE, events.stream().map(Events::of).toArray(OutboxEvent[]::new));

    assertThat(receiver.requests())
        .extracting(r -> MAPPER.readTree(r.body()).get("event_type").asText())
        .containsExactly(
            "AGENT_START",
            "AGENT_STOP",
            "AGENT_START",
            "AGENT_STOP",
            "PRE_TOOL_USE",
            "POST_TOOL_USE");
    assertThat(report.outcomes().subList(6, 9)).allMatch(DeliveryOutcome.Skipped.class::isInstance);
    assertThat(report.settledPrefix()).isEqualTo(9);
  }

  @Test
  void leanvibe_names_that_are_no_uuids_get_the_same_uuid_each_time() throws Exception {
    deliver(HttpProfile.LEANVIBE, Events.failedTool());
    String first = body().get("session_id").asText();
    receiver.requests().clear();

    deliver(HttpProfile.LEANVIBE, Events.failedTool());

    assertThat(body().get("session_id").asText()).isEqualTo(first);
  }

  @Test
  void text_that_is_no_envelope_is_dead_and_holds_nothing_up() {
    OutboxEvent poison = new OutboxEvent(1, "id", "progress", "{hunter2", null, Events.NOW);

    DeliveryReport report = deliver(HttpProfile.OTLP, Events.one(), poison, Events.one());

    assertThat(report.outcomes().get(1)).isInstanceOf(DeliveryOutcome.Dead.class);
    assertThat(report.toString()).doesNotContain("hunter2");
    assertThat(report.settledPrefix()).isEqualTo(3);
  }

  private DeliveryReport deliver(HttpProfile profile, OutboxEvent... events) {
    return HttpSink.to(receiver.uri("/")).profile(profile).build().deliver(List.of(events));
  }

  private JsonNode body() throws Exception {
    return MAPPER.readTree(receiver.onlyRequest().body());
  }

  private static Map<String, String> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, a -> a.getValue().getStringValue()));
  }
}
