package dev.hookbus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.RedactionMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFactoryTest {
  private static final String RUN = "3f0c5c1e-6b0a-4b57-9d0e-2f4b0a6d7c11";
  private static final String WORKER = "worker_1a2b3c4d";
  private static final Instant NOW = Instant.parse("2026-01-29T10:00:01.000Z");

  private final EventFactory events =
      EventFactory.of(
              "sess_7QK2",
              RUN,
              new EventSource("host_54f8bbaedd28", true, "/workspace/shop", "vm-01"))
          .withClock(InstantSource.fixed(NOW));

  @Test
  void emitters_make_the_ten_envelopes() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("transcript_path", "/t.jsonl");
    payload.put("permission_mode", "default");
    payload.put("notification_type", null);
    payload.put("stop_hook_active", null);
    payload.put("prompt", null);
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("tool_parameters", Map.of("name", "x"));
    call.put("tool_result", "ok");
    call.put("permission_mode", "default");
    call.put("cwd", "/workspace/shop");
    ArtifactRef report =
        new ArtifactRef(
            "out/report.md",
            "markdown",
            "sha256:" + "ab".repeat(32),
            4096,
            Instant.parse("2026-01-29T10:00:05.000Z"));

    assertSameContent(0, events.sessionStart("ci", "2.0", "/workspace/shop"));
    assertSameContent(
        1,
        events.workerSpawn(
            WORKER, "t-42", "index docs", Map.of("max_iterations", 10), List.of("Bash", "Edit")));
    assertSameContent(2, events.heartbeat(WORKER, "t-42", "3/5 files", 60));
    assertSameContent(3, events.progress("PostToolUse", "Bash", "toolu_01", payload));
    assertSameContent(4, events.artifact(report, "Write", "t-42"));
    assertSameContent(
        5,
        events.error(
            ErrorDetail.of("ToolError", "exit status 1").withTool("Bash", "toolu_02"),
            Map.of(),
            false));
    assertSameContent(
        6, events.toolInvocation("PostToolUse", "mcp__memory__create", "toolu_03", call));
    assertSameContent(7, events.decision("Use SQLite for dedupe", "one file, no server"));
    assertSameContent(
        8,
        events.done(
            WORKER,
            "t-42",
            UUID.fromString("00000000-0000-4000-8000-000000000002"),
            Map.of("ok", true)));
    assertSameContent(9, events.sessionEnd("Stop", Map.of("stop_hook_active", false)));
  }

  /** The same but for the ID, the time and the hash that holds the time. */
  private static void assertSameContent(int index, Event event) {
    JsonNode expected = Vectors.envelopes().get(index).deepCopy();
    JsonNode actual = Vectors.parse(EventJson.write(event));
    for (JsonNode node : List.of(expected, actual)) {
      ((ObjectNode) node).remove(List.of("event_id", "ts", "hash"));
    }
    assertThat(actual.toString()).isEqualTo(expected.toString());
  }

  @Test
  void event_about_one_call_of_a_tool_has_one_id_however_often_it_is_told() {
    Event first = events.progress("PostToolUse", "Bash", "toolu_01", Map.of());
    Event again = events.progress("PostToolUse", "Bash", "toolu_01", Map.of("later", true));
    Event other = events.progress("PreToolUse", "Bash", "toolu_01", Map.of());

    assertThat(again.eventId()).isEqualTo(first.eventId());
    assertThat(other.eventId()).isNotEqualTo(first.eventId());
    assertThat(events.decision("a", "b").eventId())
        .isNotEqualTo(events.decision("a", "b").eventId());
  }

  @Test
  void completed_guard_with_a_tool_is_a_tool_invocation() {
    Event event = events.guardCompleted(completion("Edit", "success", "7", null, null));

    assertThat(event.type()).isEqualTo(EventType.TOOL_INVOCATION);
    assertThat(event.level()).isEqualTo(EventLevel.INFO);
    assertThat(event.msg()).isEqualTo("PostToolUse: Edit");
    assertThat(event.errorDetail()).isNull();
    assertThat(event.data())
        .containsEntry("hook", "tracker")
        .containsEntry("status", "success")
        .containsEntry("duration_ms", 1.25)
        .containsEntry("correlation_id", "e97dbafd033f9c77")
        .containsEntry("key", "v");
  }

  @Test
  void failed_guard_without_a_tool_is_progress_with_the_error() {
    Event event = events.guardCompleted(completion(null, "error", "7", "IOException", "boom"));

    assertThat(event.type()).isEqualTo(EventType.PROGRESS);
    assertThat(event.level()).isEqualTo(EventLevel.ERROR);
    assertThat(event.errorDetail())
        .isEqualTo(ErrorDetail.of("IOException", "boom").withTool(null, "toolu_01"));
  }

  @Test
  void skipped_guard_is_for_those_who_look_for_it() {
    assertThat(events.guardCompleted(completion("Edit", "dedupe_skip", null, null, null)).level())
        .isEqualTo(EventLevel.DEBUG);
  }

  @Test
  void guards_id_tells_executions_apart_and_repeats_together() {
    Event first = events.guardCompleted(completion("Edit", "success", "7", null, null));
    Event again = events.guardCompleted(completion("Edit", "error", "7", "E", "m"));
    Event second = events.guardCompleted(completion("Edit", "success", "8", null, null));

    assertThat(again.eventId()).isEqualTo(first.eventId());
    assertThat(second.eventId()).isNotEqualTo(first.eventId());
  }

  @Test
  void secrets_leave_no_trace_in_any_field() {
    String secret = "ann.lee@example.com";
    String cutInTheSecret = "x".repeat(EventLimits.ERROR_SUMMARY - 10) + " " + secret;
    EventFactory filtering =
        events.withFilter(EventFilter.of(PayloadPipeline.builder().build(), RedactionMode.STRICT));

    Event event =
        filtering.error(
            new ErrorDetail("ToolError", cutInTheSecret, secret, "Bash", "toolu_02"),
            Map.of("nested", List.of(Map.of("to", secret, "n", 1))),
            false);

    assertThat(EventJson.write(event)).doesNotContain("ann.");
    assertThat(event.data().get("error_context"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKey("nested");
    assertThat(event.redaction()).isEqualTo(new RedactionRecord(true, List.of("email"), "strict"));
    assertThat(EventHash.ofJson(EventJson.write(event))).isEqualTo(event.hash());
  }

  @Test
  void clean_event_has_no_redaction_record() {
    EventFactory filtering =
        events.withFilter(EventFilter.of(PayloadPipeline.builder().build(), RedactionMode.STRICT));

    assertThat(filtering.decision("a", "b")).satisfies(e -> assertThat(e.redaction()).isNull());
  }

  @Test
  void failing_filter_stops_the_event() {
    EventFilter broken =
        new EventFilter() {
          @Override
          public Filtered apply(String text) {
            throw new IllegalStateException("broken");
          }

          @Override
          public String mode() {
            return "strict";
          }
        };

    assertThatThrownBy(() -> events.withFilter(broken).decision("a", "b")).hasMessage("broken");
  }

  @Test
  void artifact_is_hashed_as_a_stream(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("a.txt"), "abc");

    assertThat(ArtifactRef.ofFile(file, "file", NOW))
        .isEqualTo(
            new ArtifactRef(
                file.toString(),
                "file",
                "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                3,
                NOW));
    assertThat(ArtifactRef.ofFile(dir.resolve("missing"), "file", NOW).hash())
        .isEqualTo("sha256:unknown");
  }

  @Test
  void new_workers_have_names_of_their_own() {
    assertThat(EventFactory.newWorkerId())
        .matches("worker_[0-9a-f]{8}")
        .isNotEqualTo(EventFactory.newWorkerId());
  }

  private static GuardCompletion completion(
      String tool, String status, String occurrence, String errorType, String errorMessage) {
    return new GuardCompletion(
        "tracker",
        "PostToolUse",
        tool,
        "toolu_01",
        status,
        1.25,
        "e97dbafd033f9c77",
        occurrence,
        errorType,
        errorMessage,
        Map.of("key", "v"));
  }
}
