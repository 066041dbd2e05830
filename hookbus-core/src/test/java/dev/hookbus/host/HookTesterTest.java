package dev.hookbus.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.config.DeliveryMode;
import dev.hookbus.json.JsonValue;
import dev.hookbus.metrics.ExecutionSample;
import dev.hookbus.metrics.ExecutionStatus;
import dev.hookbus.sink.JsonlSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hook's whole way, but for its process. */
class HookTesterTest {

  private static final String BASH = HookTester.preToolUse("Bash", "{\"command\":\"rm -rf /\"}");

  @TempDir Path directory;

  private HookBus bus() {
    return HookBus.builder().database(directory.resolve("hooks.db")).build();
  }

  private static HookHandler throwing() {
    return event -> {
      throw new IllegalStateException("the secret is hunter2");
    };
  }

  private static String event(String name) {
    return Payloads.claude(name).payload().toString();
  }

  @Test
  void denial_isSaidTwice() {
    HookTester.Result result =
        HookTester.of(HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.deny("no")))
            .send(BASH);

    assertThat(result.blocked()).isTrue();
    assertThat(result.answer().get("hookSpecificOutput").text("permissionDecisionReason"))
        .isEqualTo("no");
    assertThat(result.stderr()).isEqualTo("no");
    assertThat(result.failure()).isNull();
  }

  @Test
  void handlers_takeTheirEventsAndNoOthers() {
    HookTester tester =
        HookTester.of(
            HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.context("before"))
                .on(Stop.class, stop -> StopAnswer.block("first"))
                .on(Stop.class, stop -> StopAnswer.block("last")));

    assertThat(tester.send(BASH).stdout()).contains("before");
    assertThat(tester.send(event("Stop")).stdout()).contains("last");
    assertThat(tester.send(event("SessionEnd")).stdout()).isEmpty();
    assertThat(tester.send("{\"hook_event_name\":\"MoonRise\"}").failure()).isNull();
  }

  @Test
  void failingGate_failsAsTheAuthorChose() {
    HookTester.Result open = HookMain.named("gate").tester(throwing()).send(BASH);
    HookTester.Result closed = HookMain.named("gate").failClosed().tester(throwing()).send(BASH);

    assertThat(open.exitCode()).isZero();
    assertThat(open.stdout()).isEmpty();
    assertThat(closed.blocked()).isTrue();
    assertThat(closed.answer().get("hookSpecificOutput").text("permissionDecision"))
        .isEqualTo("deny");
    for (HookTester.Result result : List.of(open, closed)) {
      assertThat(result.failure()).hasMessage("the secret is hunter2");
      assertThat(result.stderr())
          .contains("hook gate failed: java.lang.IllegalStateException at ")
          .doesNotContain("hunter2");
    }
  }

  /**
   * What asks for leave is refused; what does not is never blocked, or the agent would not stop.
   */
  @Test
  void failingClosed_blocksGatesAndNothingElse() {
    for (Payloads.Sample sample : Payloads.of("claude-code")) {
      HookTester.Result result =
          HookMain.named("h").failClosed().tester(throwing()).send(sample.payload().toString());
      switch (sample.event()) {
        case "PreToolUse",
            "UserPromptSubmit",
            "UserPromptExpansion",
            "Elicitation",
            "ElicitationResult" ->
            assertThat(result.exitCode()).as(sample.toString()).isEqualTo(2);
        case "PermissionRequest" -> assertThat(result.stdout()).contains("\"behavior\":\"deny\"");
        case "PreModelSwitch" ->
            assertThat(result.stdout()).contains("\"permissionDecision\":\"deny\"");
        case "WorktreeCreate" -> assertThat(result.exitCode()).isEqualTo(1);
        default -> {
          assertThat(result.exitCode()).as(sample.toString()).isZero();
          assertThat(result.stdout()).as(sample.toString()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "garbage",
        "[]",
        "null",
        "{\"hook_event_name\":\"PreToolUse\",",
        "{\"hook_event_name\":\"PreToolUse\"}}",
        "\u0000\u0001"
      })
  void unreadableEvent_failsAsTheAuthorChose(String stdin) {
    HookHandler allow = HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.allow());

    assertThat(HookMain.named("h").tester(allow).send(stdin).exitCode()).isZero();
    assertThat(HookMain.named("h").tester(allow).send(stdin).stdout()).isEmpty();
    assertThat(HookMain.named("h").failClosed().tester(allow).send(stdin).blocked()).isTrue();
  }

  @Test
  void unreadableStop_neverBlocks() {
    HookTester tester = HookMain.named("h").failClosed().tester(event -> HookAnswer.none());

    assertThat(tester.send("{\"hook_event_name\" : \"Stop\", broken").exitCode()).isZero();
  }

  @Test
  void tooLargeEvent_isAFailureWithItsPolicy() {
    HookMain main = HookMain.named("h").maxInputBytes(BASH.length()).failClosed();
    HookTester tester = main.tester(event -> HookAnswer.none());

    assertThat(tester.send(BASH).exitCode()).isZero();
    HookTester.Result result = tester.send(BASH + " ");
    assertThat(result.blocked()).isTrue();
    assertThat(result.answer().get("hookSpecificOutput").text("hookEventName"))
        .as("the event's name is found in the part that was read")
        .isEqualTo("PreToolUse");
    assertThat(result.failure()).hasMessage("the input is larger than " + BASH.length() + " bytes");
  }

  @Test
  void answerOfAnotherEvent_isAFailure() {
    HookTester.Result result =
        HookMain.named("h").failClosed().tester(event -> StopAnswer.none()).send(BASH);

    assertThat(result.blocked()).isTrue();
    assertThat(result.failure()).hasMessage("StopAnswer is no answer to PreToolUse");
  }

  @Test
  @SuppressWarnings("NullAway") // callers without the checker do this
  void nullAnswer_isAFailure() {
    HookTester.Result result = HookMain.named("h").failClosed().tester(e -> null).send(BASH);

    assertThat(result.blocked()).isTrue();
    assertThat(result.stderr()).contains("failed: the handler returned null");
  }

  @Test
  void stop_isNotBlockedTwiceInARow() {
    HookTester tester =
        HookTester.of(
            HookHandler.on(Stop.class, stop -> StopAnswer.block("go on"))
                .on(SubagentStop.class, stop -> StopAnswer.block("go on")));
    for (String name : List.of("Stop", "SubagentStop")) {
      String first = event(name);
      String again = first.replace("\"stop_hook_active\": false", "\"stop_hook_active\": true");

      assertThat(again).isNotEqualTo(first);
      assertThat(tester.send(first).blocked()).isTrue();
      assertThat(tester.send(again).exitCode()).isZero();
      assertThat(tester.send(again).stdout()).isEmpty();
    }
  }

  @Test
  void longText_isPassedOnWithAWarning() {
    String text = "x".repeat(10_001);
    HookTester.Result result =
        HookTester.of(HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.context(text)))
            .send(BASH);

    assertThat(result.stdout()).contains(text);
    assertThat(result.stderr()).contains("additionalContext has 10001 characters");
  }

  @ParameterizedTest
  @EnumSource(AgentHost.class)
  void failingClosed_isSaidInEachHostsWords(AgentHost host) {
    String json =
        switch (host) {
          case CLAUDE_CODE, CODEX -> BASH;
          default ->
              Payloads.of(host.flag()).stream()
                  .filter(sample -> sample.read() instanceof PreToolUse)
                  .findFirst()
                  .orElseThrow()
                  .payload()
                  .toString();
        };

    assertThat(HookMain.named("h").host(host).failClosed().tester(throwing()).send(json).blocked())
        .isTrue();
    assertThat(HookMain.named("h").host(host).tester(throwing()).send(json).exitCode()).isZero();
  }

  @Test
  void arguments_nameHostAndEvent() {
    HookTester tester =
        HookMain.named("h")
            .arguments("x", "--host", "copilot", "--event", "preToolUse", "--verbose")
            .tester(HookHandler.on(PreToolUse.class, call -> PreToolUseAnswer.deny("no")));

    assertThat(tester.send("{}").stdout()).contains("{\"permissionDecision\":\"deny\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HookMain.named("h").arguments("--host", "emacs"))
        .withMessageContaining("claude-code, codex, cursor");
  }

  // ---- with a bus

  private static HookTester counting(HookMain main, AtomicInteger calls, PreToolUseAnswer answer) {
    return main.tester(
        HookHandler.on(
            PreToolUse.class,
            call -> {
              calls.incrementAndGet();
              return answer;
            }));
  }

  @Test
  void copyOfAHook_repeatsADenialAndNothingElse() {
    AtomicInteger calls = new AtomicInteger();
    try (HookBus bus = bus()) {
      HookTester denying =
          counting(HookMain.named("deny").bus(bus), calls, PreToolUseAnswer.deny("no"));
      HookTester.Result first = denying.send(BASH);
      HookTester.Result copy = denying.send(BASH);

      assertThat(copy.stdout()).isEqualTo(first.stdout()).isNotEmpty();
      assertThat(copy.stderr()).isEqualTo("no");
      assertThat(copy.blocked()).isTrue();
      assertThat(calls).hasValue(1);
      assertThat(copy.records())
          .extracting(ExecutionSample::hook, ExecutionSample::event, ExecutionSample::status)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "deny", "PreToolUse", ExecutionStatus.DEDUPE_SKIP));

      for (PreToolUseAnswer answer :
          List.of(
              PreToolUseAnswer.ask("sure?"),
              PreToolUseAnswer.defer(),
              PreToolUseAnswer.allow(),
              PreToolUseAnswer.context("c"))) {
        calls.set(0);
        HookTester tester = counting(HookMain.named(answer.toString()).bus(bus), calls, answer);
        assertThat(tester.send(BASH).stdout()).isNotEmpty();
        assertThat(tester.send(BASH).stdout()).as("a copy, where %s was said", answer).isEmpty();
        assertThat(calls).hasValue(1);
      }
    }
  }

  /** After a deferred call the session is resumed, and the same call comes again. */
  @Test
  void resumedSession_isAskedAnew() {
    AtomicInteger calls = new AtomicInteger();
    try (HookBus bus = bus()) {
      HookTester tester = counting(HookMain.named("h").bus(bus), calls, PreToolUseAnswer.defer());
      tester.send(BASH);

      assertThat(tester.resumed().send(BASH).stdout()).contains("\"defer\"");
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void sameCallWithAnotherInput_isCheckedAnew() {
    try (HookBus bus = bus()) {
      HookTester tester =
          HookMain.named("h")
              .bus(bus)
              .tester(
                  HookHandler.on(
                      PreToolUse.class,
                      call ->
                          call.json().toString().contains("rm -rf")
                              ? PreToolUseAnswer.deny("no")
                              : PreToolUseAnswer.none()));
      assertThat(tester.send(BASH.replace("rm -rf /", "ls")).blocked()).isFalse();
      assertThat(tester.send(BASH).blocked()).isTrue();
    }
  }

  /** A closed gate takes nobody's word that somebody else has checked. */
  @Test
  void closedGate_checksAgainWhenNoDenialIsKept() {
    AtomicInteger calls = new AtomicInteger();
    try (HookBus bus = bus()) {
      HookMain main = HookMain.named("h").bus(bus).failClosed();
      String secret = "gh" + "p_" + "q7Rk2mXv9LbT4wZc8NyH3sJd6FgP1aUe5oKi";
      HookTester tester = counting(main, calls, PreToolUseAnswer.deny("holds " + secret));
      tester.send(BASH);

      assertThat(tester.send(BASH).blocked()).isTrue();
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void everyTime_andKeysOfYourOwn() {
    AtomicInteger calls = new AtomicInteger();
    try (HookBus bus = bus()) {
      HookTester every =
          counting(HookMain.named("h").bus(bus).everyTime(), calls, PreToolUseAnswer.none());
      every.send(BASH);
      every.send(BASH);
      assertThat(calls).hasValue(2);

      HookKey oncePerSession = event -> GuardKey.of("session", event.sessionId());
      HookTester once =
          counting(
              HookMain.named("h").bus(bus).keyedBy(oncePerSession),
              calls,
              PreToolUseAnswer.context("hello"));
      assertThat(once.send(HookTester.preToolUse("Bash", "{}")).stdout()).contains("hello");
      assertThat(once.send(BASH.replace("toolu_test", "toolu_2")).records())
          .extracting(ExecutionSample::status)
          .containsExactly(ExecutionStatus.DEDUPE_SKIP);
    }
  }

  @Test
  void failure_isOnRecordWithoutItsSecrets() throws Exception {
    try (HookBus bus = bus()) {
      HookTester.Result result =
          HookMain.named("h")
              .bus(bus)
              .tester(
                  event -> {
                    throw new IOException("password=hunter2hunter2");
                  })
              .send(BASH);
      assertThat(result.records())
          .extracting(ExecutionSample::status)
          .containsExactly(ExecutionStatus.ERROR);
    }
    assertThat(rows("select hook_name, event_type, tool_name, status, error from hook_logs"))
        .singleElement()
        .asString()
        .startsWith("h|PreToolUse|Bash|error|IOException: password=")
        .doesNotContain("hunter2");
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("hooks.db"));
        ResultSet result = connection.createStatement().executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  @Test
  void beforeAndAfter_shareACorrelation() throws Exception {
    HookHandler nothing = event -> HookAnswer.none();
    List<Payloads.Sample> gemini = Payloads.of("gemini");
    try (HookBus bus = bus()) {
      HookTester claude = HookMain.named("claude").bus(bus).tester(nothing);
      claude.send(event("PreToolUse"));
      claude.send(event("PostToolUse"));
      HookTester withoutIds =
          HookMain.named("gemini").host(AgentHost.GEMINI_CLI).bus(bus).tester(nothing);
      withoutIds.send(gemini.get(0).payload().toString());
      withoutIds.send(gemini.get(1).payload().toString());
      withoutIds.send(gemini.get(0).payload().toString().replace("\"ls\"", "\"pwd\""));
    }
    assertThat(
            rows(
                "select hook_name, count(*), count(distinct correlation_id) from hook_logs"
                    + " group by hook_name order by hook_name"))
        .containsExactly("claude|2|1", "gemini|3|2");
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory.resolve("events"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          events.add(new ObjectMapper().readTree(line));
        }
      }
    }
    return events;
  }

  /**
   * Of two calls one ran and one was denied: the batch ends the one that nothing else has ended.
   */
  @Test
  void deniedCall_isEndedByItsBatch() throws Exception {
    JsonValue batch = Payloads.claude("PostToolBatch").payload();
    String denied = batch.get("tool_calls").items().get(0).text("tool_use_id");
    String ran = batch.get("tool_calls").items().get(1).text("tool_use_id");
    try (HookBus bus =
        HookBus.builder()
            .database(directory.resolve("hooks.db"))
            .sink(JsonlSink.in(directory.resolve("events")).build())
            .delivery(DeliveryMode.INLINE)
            .build()) {
      HookTester tester = HookMain.named("h").bus(bus).tester(event -> HookAnswer.none());
      String before = event("PreToolUse");
      tester.send(before.replace("toolu_01Hb7Qx2mN4vKcT9sWzLd3Ye", denied));
      tester.send(before.replace("toolu_01Hb7Qx2mN4vKcT9sWzLd3Ye", ran));
      tester.send(event("PostToolUse").replace("toolu_01Hb7Qx2mN4vKcT9sWzLd3Ye", ran));
      tester.send(batch.toString());
      tester.send(event("Stop"));
      assertThat(bus.flush(Duration.ofSeconds(30)).left()).isZero();
    }
    assertThat(events())
        .extracting(
            event ->
                event.path("hook_event_name").asText()
                    + " "
                    + event.path("tool_use_id").asText("-")
                    + " "
                    + event.at("/data/ends").asText(""))
        .containsExactlyInAnyOrder(
            "PreToolUse " + denied + " ",
            "PreToolUse " + ran + " ",
            "PostToolUse " + ran + " ",
            "PostToolBatch - ",
            "PostToolBatch " + denied + " ",
            "Stop - ",
            "Stop - all open tool calls");
  }

  @Test
  void derivedCorrelation_saysSo() throws Exception {
    try (HookBus bus =
        HookBus.builder()
            .database(directory.resolve("hooks.db"))
            .sink(JsonlSink.in(directory.resolve("events")).build())
            .delivery(DeliveryMode.INLINE)
            .build()) {
      HookMain.named("h")
          .bus(bus)
          .tester(event -> HookAnswer.none())
          .send(event("PermissionRequest"));
      assertThat(bus.flush(Duration.ofSeconds(30)).left()).isZero();
    }
    assertThat(events())
        .singleElement()
        .satisfies(event -> assertThat(event.path("tool_use_id").asText()).startsWith("derived:"));
  }

  @Test
  void busThatIsOff_changesNothing() {
    AtomicInteger calls = new AtomicInteger();
    HookTester tester =
        counting(HookMain.named("h").bus(HookBus.disabled()), calls, PreToolUseAnswer.deny("no"));

    assertThat(tester.send(BASH).blocked()).isTrue();
    assertThat(tester.send(BASH).blocked()).isTrue();
    assertThat(calls).hasValue(2);
    assertThat(tester.send(BASH).records()).isEmpty();
  }
}
