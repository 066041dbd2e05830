package dev.hookbus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventEnvelopeTest {
  private static final EventSource SOURCE = new EventSource("host_0", false, "~", "unknown");

  static Stream<JsonNode> envelopes() {
    return Vectors.envelopes().stream();
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void envelope_read_and_rebuilt_is_the_same_field_by_field(JsonNode envelope) {
    Event read = EventJson.read(envelope.toString());

    Event rebuilt =
        Event.builder(read.type())
            .eventId(read.eventId())
            .ts(read.ts())
            .sessionId(read.sessionId())
            .runId(read.runId())
            .level(read.level())
            .source(read.source())
            .hookEventName(read.hookEventName())
            .msg(read.msg())
            .agentRole(read.agentRole())
            .workerId(read.workerId())
            .taskId(read.taskId())
            .parentEventId(read.parentEventId())
            .tool(read.toolName(), read.toolUseId())
            .artifactRefs(read.artifactRefs())
            .errorDetail(read.errorDetail())
            .data(read.data())
            .build();

    assertThat(rebuilt).isEqualTo(read);
    assertThat(EventJson.write(rebuilt)).isEqualTo(envelope.toString());
  }

  @Test
  void the_ten_envelopes_cover_every_type() {
    assertThat(Vectors.envelopes())
        .extracting(e -> EventType.ofWireName(e.get("event_type").asText()))
        .containsExactlyInAnyOrder(
            Stream.of(EventType.values())
                .filter(t -> t != EventType.UNKNOWN)
                .toArray(EventType[]::new));
  }

  @ParameterizedTest
  @EnumSource(EventType.class)
  void type_is_found_by_its_wire_name(EventType type) {
    assertThat(EventType.ofWireName(type.wireName())).isEqualTo(type);
  }

  @Test
  void unknown_values_are_read_and_not_written() {
    ObjectNode foreign = (ObjectNode) Vectors.envelopes().get(0).deepCopy();
    foreign.put("event_type", "not_in_enum").put("level", "fatal").put("agent_role", "boss");
    foreign.put("from_the_future", true);

    Event read = EventJson.read(foreign.toString());

    assertThat(read.type()).isEqualTo(EventType.UNKNOWN);
    assertThat(read.level()).isEqualTo(EventLevel.UNKNOWN);
    assertThat(read.agentRole()).isEqualTo(AgentRole.UNKNOWN);
    assertThatThrownBy(() -> EventJson.write(read)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder(EventType.UNKNOWN).build())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder(EventType.DONE).level(EventLevel.UNKNOWN).build())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder(EventType.DONE).agentRole(AgentRole.UNKNOWN).build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fields_of_the_wrong_kind_read_as_absent() {
    ObjectNode foreign = (ObjectNode) Vectors.envelopes().get(4).deepCopy();
    foreign.put("msg", 5).put("source", "here").put("data", "text").put("error_detail", true);
    foreign.putArray("artifact_refs").add("x").addObject().put("path", "no time");

    Event read = EventJson.read(foreign.toString());

    assertThat(read.msg()).isNull();
    assertThat(read.source()).isNull();
    assertThat(read.errorDetail()).isNull();
    assertThat(read.data()).isEmpty();
    assertThat(read.artifactRefs()).isEmpty();
  }

  @Test
  void envelope_without_a_required_field_is_refused() {
    for (String field : List.of("event_id", "ts", "session_id", "run_id", "event_type")) {
      ObjectNode incomplete = (ObjectNode) Vectors.envelopes().get(0).deepCopy();
      incomplete.remove(field);

      assertThatThrownBy(() -> EventJson.read(incomplete.toString()))
          .isInstanceOf(EventFormatException.class)
          .hasMessageContaining(field);
    }
  }

  @Test
  void another_major_version_is_refused_and_a_minor_one_read() {
    ObjectNode envelope = (ObjectNode) Vectors.envelopes().get(0).deepCopy();

    assertThat(EventJson.read(envelope.put("schema_version", "1.1").toString())).isNotNull();
    assertThatThrownBy(() -> EventJson.read(envelope.put("schema_version", "2.0").toString()))
        .isInstanceOf(EventFormatException.class);
  }

  @Test
  void texts_are_cut_to_the_schemas_limits_between_code_points() {
    String astral = "\uD83D\uDE00".repeat(3000);

    Event event =
        builder(EventType.ERROR)
            .msg(astral)
            .errorDetail(new ErrorDetail("E", astral, astral, null, null))
            .build();

    assertThat(codePoints(event.msg())).isEqualTo(500);
    assertThat(codePoints(event.errorDetail().message())).isEqualTo(500);
    assertThat(codePoints(event.errorDetail().stackTrace())).isEqualTo(2000);
    assertThat(codePoints(event.indexableText())).isLessThanOrEqualTo(2000);
  }

  @Property(tries = 300)
  void any_text_survives_writing_and_reading(@ForAll @StringLength(max = 60) String text) {
    Event event = builder(EventType.PROGRESS).msg(text).data(Map.of("k", text)).build();

    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    assertThat(EventHash.ofJson(EventJson.write(event))).isEqualTo(event.hash());
  }

  @Test
  void any_value_becomes_a_json_value() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("int", 1);
    data.put("huge", BigInteger.TWO.pow(70));
    data.put("float", 0.1f);
    data.put("infinite", Double.POSITIVE_INFINITY);
    data.put("null", null);
    data.put("array", new Object[] {1, "a", null});
    data.put("enum", EventType.DONE);
    data.put("lone", "\uD800!");
    Map<String, Object> loop = new HashMap<>();
    loop.put("self", loop);
    data.put("loop", loop);

    Event event = builder(EventType.PROGRESS).data(data).build();

    assertThat(event.data())
        .containsEntry("int", 1L)
        .containsEntry("huge", BigInteger.TWO.pow(70))
        .containsEntry("float", 0.1)
        .containsEntry("infinite", null)
        .containsEntry("null", null)
        .containsEntry("enum", "DONE")
        .containsEntry("lone", "\uFFFD!");
    assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
  }

  @Test
  void data_cannot_be_changed_from_outside() {
    Map<String, Object> inner = new HashMap<>(Map.of("a", 1));
    Event event = builder(EventType.PROGRESS).data(Map.of("inner", inner)).build();

    inner.put("a", 2);

    assertThat(event.data()).isEqualTo(Map.of("inner", Map.of("a", 1L)));
    assertThatThrownBy(() -> event.data().put("b", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void missing_required_value_is_named() {
    assertThatThrownBy(() -> Event.builder(EventType.DONE).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("sessionId");
    assertThatThrownBy(() -> Event.builder(EventType.DONE).sessionId("s").build())
        .hasMessageContaining("runId");
    assertThatThrownBy(() -> Event.builder(EventType.DONE).sessionId("s").runId("r").build())
        .hasMessageContaining("source");
  }

  @Test
  void timestamp_has_three_digits_of_milliseconds() {
    Event event = builder(EventType.DONE).ts(Instant.parse("2026-01-29T10:00:01.000999Z")).build();

    assertThat(Vectors.parse(EventJson.write(event)).get("ts").asText())
        .isEqualTo("2026-01-29T10:00:01.000Z");
  }

  @Property
  void derived_id_is_a_version_4_uuid_and_depends_on_every_part(
      @ForAll String a, @ForAll String b) {
    UUID id = EventIds.derive(a, b);

    assertThat(id.version()).isEqualTo(4);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(EventIds.derive(a, b)).isEqualTo(id);
    assertThat(EventIds.derive(a + b, "")).isNotEqualTo(b.isEmpty() ? null : id);
  }

  private static EventBuilder builder(EventType type) {
    return Event.builder(type)
        .sessionId("s")
        .runId("3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11")
        .source(SOURCE);
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
