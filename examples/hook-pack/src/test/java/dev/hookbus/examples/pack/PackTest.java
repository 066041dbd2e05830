package dev.hookbus.examples.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.HookBus;
import dev.hookbus.config.DeliveryMode;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventJson;
import dev.hookbus.examples.pack.Samples.Sample;
import dev.hookbus.host.AgentHost;
import dev.hookbus.host.HookEvent;
import dev.hookbus.host.HookHandler;
import dev.hookbus.host.HookMain;
import dev.hookbus.host.HookTester;
import dev.hookbus.json.JsonMember;
import dev.hookbus.json.JsonValue;
import dev.hookbus.sink.JsonlSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackTest {

  private static final String SESSION = "7d1c0b52-93c4-4d0e-9a34-6f0f5b1d2e01";

  @TempDir Path scratch;
  private HookBus bus;

  @BeforeEach
  void open() {
    bus =
        HookBus.builder()
            .database(scratch.resolve("hookbus.db"))
            .sink(JsonlSink.in(scratch.resolve("events")).build())
            .delivery(DeliveryMode.INLINE)
            .build();
  }

  @AfterEach
  void close() {
    bus.close();
  }

  private Map<String, HookHandler> hooks() {
    Map<String, HookHandler> hooks = new LinkedHashMap<>();
    hooks.put("session_start", SessionStartHook.handler(bus));
    hooks.put("report_event", Telemetry.handler(bus, ReportEventHook::event));
    hooks.put("mcp_telemetry", Telemetry.handler(bus, McpTelemetryHook::event));
    hooks.put("worker_spawn", Telemetry.handler(bus, WorkerSpawnHook::event));
    hooks.put("artifact_produced", Telemetry.handler(bus, ArtifactProducedHook::event));
    hooks.put("error_event", Telemetry.handler(bus, ErrorEventHook::event));
    return hooks;
  }

  private static HookTester policy(AgentHost host, Path project) {
    return HookMain.named("policy")
        .host(host)
        .failClosed()
        .everyTime()
        .tester(PolicyHook.handler(project == null ? null : project.toString()));
  }

  /** Every payload through every hook, under its own host's name and under Claude Code's. */
  @Test
  void everyPayload_isAnsweredAsItsHostAccepts() throws IOException {
    int runs = 0;
    for (Sample sample : Samples.all()) {
      for (AgentHost host : AgentHost.values()) {
        if (!host.flag().equals(sample.host()) && host != AgentHost.CLAUDE_CODE) {
          continue;
        }
        for (Map.Entry<String, HookHandler> hook : hooks().entrySet()) {
          HookTester tester =
              HookMain.named(hook.getKey()).host(host).bus(bus).tester(hook.getValue());
          HookTester.Result result = tester.send(sample.payload());
          String what = hook.getKey() + " as " + host + " on " + sample;
          assertThat(result.failure()).as(what).isNull();
          assertThat(result.exitCode()).as(what).isZero();
          if (hook.getKey().equals("session_start") && !result.stdout().isEmpty()) {
            assertThat(result.answer().isObject()).as(what).isTrue();
          } else {
            assertThat(result.stdout()).as(what).isEmpty();
          }
          runs++;
        }
        HookTester.Result judged = policy(host, null).send(sample.payload());
        assertThat(judged.failure()).as("policy on " + sample).isNull();
        assertThat(judged.exitCode()).as("policy on " + sample).isZero();
        assertThat(judged.stdout()).as("policy on " + sample).isEmpty();
      }
    }
    assertThat(runs).isGreaterThan(84 * 6);
  }

  private Event event(Telemetry hook, Sample sample) {
    HookEvent said = sample.read();
    return hook.eventOf(said, bus.events(said.sessionId()));
  }

  /** Field names of an envelope, those of its data too; what differs by its nature is left out. */
  private static Set<String> shape(JsonValue envelope) {
    Set<String> names = new TreeSet<>();
    for (JsonMember member : envelope.members()) {
      names.add(member.name());
    }
    for (JsonMember member : envelope.get("data").members()) {
      if (!member.name().equals("redaction")) {
        names.add("data." + member.name());
      }
    }
    return names;
  }

  private static JsonValue written(Event event) {
    return JsonValue.parse(EventJson.write(event));
  }

  private static void assertSame(JsonValue envelope, JsonValue expected, String... fields) {
    for (String field : fields) {
      assertThat(envelope.text(field)).as(field).isEqualTo(expected.text(field));
    }
  }

  @Test
  void sessionStart_isTheEnvelope() throws IOException {
    JsonValue expected = Samples.envelope("session_start");
    JsonValue envelope =
        written(event(SessionStartHook::event, Samples.claude("SessionStart", "startup")));
    assertThat(shape(envelope)).isEqualTo(shape(expected));
    assertSame(envelope, expected, "event_type", "level", "hook_event_name", "agent_role");
    assertThat(envelope.text("msg")).isEqualTo("Session started: " + SESSION);
    assertThat(envelope.text("indexable_text")).isEqualTo("Session started: " + SESSION);
  }

  @Test
  void progress_isTheEnvelope() throws IOException {
    JsonValue expected = Samples.envelope("progress");
    JsonValue envelope =
        written(event(ReportEventHook::event, Samples.claude("PostToolUse", "Bash")));
    assertThat(shape(envelope)).isEqualTo(shape(expected));
    assertSame(
        envelope,
        expected,
        "event_type",
        "level",
        "hook_event_name",
        "msg",
        "tool_name",
        "indexable_text");
    assertThat(envelope.get("data").text("permission_mode")).isEqualTo("default");
    assertThat(envelope.get("data").get("prompt").isNull()).isTrue();
  }

  @Test
  void toolInvocation_isTheEnvelope_withWhatTheHostReallySends() throws IOException {
    JsonValue expected = Samples.envelope("tool_invocation");
    JsonValue envelope =
        written(
            event(
                McpTelemetryHook::event,
                Samples.claude("PostToolUse", "MCP: tool_response is an array")));
    assertThat(shape(envelope)).isEqualTo(shape(expected));
    assertSame(envelope, expected, "event_type", "level", "hook_event_name");
    assertThat(envelope.text("msg")).startsWith("MCP tool invocation: mcp__");
    assertThat(envelope.get("data").text("tool_result")).isEqualTo("answer");
    assertThat(envelope.get("data").get("tool_parameters").isObject()).isTrue();
    assertThat(event(McpTelemetryHook::event, Samples.claude("PostToolUse", "Bash"))).isNull();
  }

  @Test
  void error_isTheEnvelope() throws IOException {
    JsonValue expected = Samples.envelope("error");
    JsonValue envelope =
        written(event(ErrorEventHook::event, Samples.claude("PostToolUseFailure", "Bash")));
    assertThat(shape(envelope)).isEqualTo(shape(expected));
    assertSame(envelope, expected, "event_type", "level", "hook_event_name", "tool_name");
    assertThat(envelope.get("error_detail").text("message")).isEqualTo("Exit code 3\none");
    assertThat(envelope.get("error_detail").text("type")).isEqualTo("ToolError");
  }

  @Test
  void artifact_isTheEnvelope() throws IOException {
    Files.writeString(scratch.resolve("report.md"), "abc");
    Sample sample =
        new Sample(
            "claude-code",
            "PostToolUse",
            "",
            "{\"session_id\":\"s\",\"cwd\":\"%s\",\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Write\",\"task_id\":\"t-42\",\"tool_input\":{\"file_path\":\"%s/report.md\",\"content\":\"abc\"},\"tool_response\":{},\"tool_use_id\":\"t1\"}"
                .formatted(scratch, scratch));
    JsonValue expected = Samples.envelope("artifact");
    JsonValue envelope = written(event(ArtifactProducedHook::event, sample));
    assertThat(shape(envelope)).isEqualTo(shape(expected));
    assertSame(envelope, expected, "event_type", "level", "hook_event_name", "msg", "task_id");
    JsonValue artifact = envelope.get("artifact_refs").items().get(0);
    assertThat(artifact.text("path")).isEqualTo("report.md");
    assertThat(artifact.text("type")).isEqualTo("markdown");
    assertThat(artifact.text("hash"))
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(artifact.get("size_bytes").asLong()).isEqualTo(3);
    assertThat(envelope.get("data").text("producing_tool")).isEqualTo("Write");
    assertThat(event(ArtifactProducedHook::event, Samples.claude("PostToolUse", "Read"))).isNull();
  }

  @Test
  void workerSpawn_isTheEnvelope() throws IOException {
    JsonValue expected = Samples.envelope("worker_spawn");
    JsonValue envelope =
        written(event(WorkerSpawnHook::event, Samples.claude("PostToolUse", "Agent")));
    assertThat(shape(envelope)).isEqualTo(shape(expected));
    assertSame(envelope, expected, "event_type", "level", "hook_event_name", "agent_role");
    assertThat(envelope.text("worker_id")).isEqualTo("worker_a70c9aef");
    Sample conducted =
        new Sample(
            "claude-code",
            "",
            "",
            "{\"session_id\":\"s\",\"task\":{\"task_id\":\"t-42\",\"description\":\"index docs\",\"config\":{\"max_iterations\":10},\"tools\":[\"Bash\",\"Edit\"]}}");
    JsonValue told = written(event(WorkerSpawnHook::event, conducted));
    assertThat(told.get("data")).isEqualTo(JsonValue.parse(compact(expected.get("data"))));
  }

  private static String compact(JsonValue json) {
    return json.toString().replaceAll("\\s*\\n\\s*", "").replace("\": ", "\":");
  }

  @Test
  void stop_isNoEndOfTheSession() throws IOException {
    assertThat(
            written(event(ReportEventHook::event, Samples.claude("Stop", ""))).text("event_type"))
        .isEqualTo("progress");
    assertThat(
            written(event(ReportEventHook::event, Samples.claude("SessionEnd", "")))
                .text("event_type"))
        .isEqualTo("session_end");
  }

  @Test
  void allHooksOfASession_shareItsRun() throws IOException {
    List<String> runs = new ArrayList<>();
    for (Sample sample : Samples.all()) {
      if (sample.host().equals("claude-code")) {
        runs.add(event(ReportEventHook::event, sample).runId());
      }
    }
    assertThat(runs).hasSizeGreaterThan(50).containsOnly(runs.get(0));
  }

  @Test
  void secretsInErrors_areRedacted() throws IOException {
    Sample sample =
        new Sample(
            "claude-code",
            "",
            "",
            "{\"session_id\":\"s\",\"hook_event_name\":\"PostToolUseFailure\",\"tool_name\":\"Bash\",\"tool_use_id\":\"t\",\"tool_input\":{},\"error\":\"key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789 refused\"}");
    assertThat(EventJson.write(event(ErrorEventHook::event, sample)))
        .doesNotContain("abcdefghijklmnopqrstuvwxyz");
  }

  @Test
  void emittedEvents_reachTheSinkOnce() throws IOException {
    HookTester tester =
        HookMain.named("error_event")
            .bus(bus)
            .tester(Telemetry.handler(bus, ErrorEventHook::event));
    String payload = Samples.claude("PostToolUseFailure", "Bash").payload();
    tester.send(payload);
    tester.send(payload);
    bus.flush(Duration.ofSeconds(30));
    try (var files = Files.list(scratch.resolve("events"))) {
      String lines = "";
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        lines += Files.readString(file, StandardCharsets.UTF_8);
      }
      assertThat(
              lines
                  .lines()
                  .filter(
                      line ->
                          line.contains("\"event_type\": \"error\"")
                              || line.contains("\"event_type\":\"error\"")))
          .hasSize(1);
    }
  }

  private static String call(String tool, String input) {
    return HookTester.preToolUse(tool, input);
  }

  @Test
  void policy_deniesAsksHintsAndIsSilent() throws IOException {
    HookTester policy = policy(AgentHost.CLAUDE_CODE, scratch);
    HookTester.Result denied = policy.send(call("Bash", "{\"command\":\"sudo rm -rf /\"}"));
    assertThat(denied.exitCode()).isEqualTo(2);
    assertThat(denied.answer().get("hookSpecificOutput").text("permissionDecision"))
        .isEqualTo("deny");
    assertThat(denied.answer().get("hookSpecificOutput").text("hookEventName"))
        .isEqualTo("PreToolUse");

    HookTester.Result asked = policy.send(call("Bash", "{\"command\":\"rm -rf $X/*\"}"));
    assertThat(asked.exitCode()).isZero();
    assertThat(asked.answer().get("hookSpecificOutput").text("permissionDecision"))
        .isEqualTo("ask");

    HookTester.Result hinted = policy.send(call("Bash", "{\"command\":\"chmod 777 x\"}"));
    assertThat(hinted.exitCode()).isZero();
    assertThat(hinted.answer().get("hookSpecificOutput").text("permissionDecision")).isNull();
    assertThat(hinted.answer().get("hookSpecificOutput").text("additionalContext")).contains("755");

    assertThat(policy.send(call("Bash", "{\"command\":\"ls\"}")).stdout()).isEmpty();
    assertThat(policy.send(call("Read", "{\"file_path\":\"" + scratch + "/.env\"}")).exitCode())
        .isEqualTo(2);
    assertThat(policy.send(call("Bash", "{}")).exitCode()).isZero();

    String prompt =
        "{\"session_id\":\"s\",\"hook_event_name\":\"UserPromptSubmit\",\"prompt\":\"rm -rf /\"}";
    HookTester.Result blocked = policy.send(prompt);
    assertThat(blocked.exitCode()).isEqualTo(2);
    assertThat(blocked.answer().text("decision")).isEqualTo("block");
  }

  @Test
  void policy_readsTheProjectsFilesAndKeepsThem() throws IOException {
    Path config = Files.createDirectories(scratch.resolve("config"));
    Files.writeString(config.resolve("__claude_hook__allowed_root_files"), "README.md\n");
    HookTester policy = policy(AgentHost.CLAUDE_CODE, scratch);
    assertThat(policy.send(write("x.txt")).blocked()).isTrue();
    assertThat(policy.send(write("README.md")).blocked()).isFalse();
    assertThat(policy.send(write("config/app.yaml")).blocked()).isFalse();
    assertThat(policy.send(write("config/__claude_hook__allowed_root_files")).blocked()).isTrue();
    assertThat(policy.send(write(".claude/hooks/config/__claude_hook__command_rules")).blocked())
        .isTrue();

    Files.writeString(config.resolve("__claude_hook__command_rules"), "nonsense\n");
    HookTester.Result broken = policy.send(write("README.md"));
    assertThat(broken.blocked()).isTrue();
    assertThat(broken.stdout()).contains("line 1").contains("nonsense");
  }

  private String write(String path) {
    return call("Write", "{\"file_path\":\"" + scratch + "/" + path + "\",\"content\":\"\"}");
  }
}
