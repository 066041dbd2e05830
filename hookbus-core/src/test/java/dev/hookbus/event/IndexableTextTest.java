package dev.hookbus.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexableTextTest {

  static Stream<JsonNode> vectors() {
    return Vectors.of("chs_indexable").stream().filter(v -> v.get("event").isObject());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void indexable_text_is_that_of_the_original(JsonNode vector) {
    assertThat(build((ObjectNode) vector.get("event").deepCopy()).indexableText())
        .isEqualTo(vector.get("text").asText());
  }

  @Test
  void long_parts_are_cut_to_2000() {
    Event event =
        Event.builder(EventType.DECISION)
            .sessionId("s")
            .runId("r")
            .source(new EventSource("h", false, "", ""))
            .data(java.util.Map.of("reasoning", "x".repeat(3000)))
            .build();

    assertThat(event.indexableText()).hasSize(2000).startsWith("Reasoning: xxx");
  }

  /** Completes a vector's few fields to an envelope, and rebuilds it. */
  private static Event build(ObjectNode event) {
    event.put("event_id", "00000000-0000-4000-8000-000000000001");
    event.put("ts", "2026-01-29T10:00:01.000Z").put("session_id", "s").put("run_id", "r");
    event
        .withArray("artifact_refs")
        .forEach(ref -> ((ObjectNode) ref).put("produced_at", "2026-01-29T10:00:01.000Z"));
    Event read = EventJson.read(event.toString());
    return Event.builder(read.type())
        .sessionId("s")
        .runId("r")
        .source(new EventSource("h", false, "", ""))
        .msg(read.msg())
        .tool(read.toolName(), null)
        .taskId(read.taskId())
        .workerId(read.workerId())
        .errorDetail(read.errorDetail())
        .artifactRefs(read.artifactRefs())
        .data(read.data())
        .build();
  }
}
