package dev.hookbus.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hookbus.HookBus;
import dev.hookbus.examples.quickstart.Child.Outcome;
import dev.hookbus.json.JsonValue;
import dev.hookbus.metrics.HookStats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTrackerTest {

  @TempDir Path directory;
  @TempDir Path streams;

  private Path database() {
    return directory.resolve("hookbus.db");
  }

  private Child hook() {
    return new Child(
            streams,
            // As the jar's manifest does; newer Java warns on the error output without it.
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ToolTracker.class.getName())
        .with("HOOKBUS_DB", database().toString())
        .with("HOOKBUS_ENABLED", "1");
  }

  private static byte[] payload(String name) throws IOException {
    return Files.readAllBytes(Path.of("payloads", name));
  }

  private List<HookStats> stats() {
    try (HookBus bus = HookBus.builder().database(database()).build()) {
      return bus.stats(Duration.ofHours(1));
    }
  }

  private static void assertIsOneJsonDocument(String text) {
    assertThat(JsonValue.parse(text).isObject()).isTrue();
  }

  @Test
  void firstCall_isAnsweredAndItsRepetitionIsSilent() throws Exception {
    Outcome first = hook().run(payload("post-bash.json"));
    Outcome second = hook().run(payload("post-bash.json"));

    assertThat(first.exitCode()).isZero();
    assertIsOneJsonDocument(first.out());
    assertThat(first.out())
        .startsWith("{\"hookSpecificOutput\":{\"hookEventName\":\"PostToolUse\",")
        .contains("\"additionalContext\":\"Bash is on record as call ");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).isEmpty();
    assertThat(stats())
        .singleElement()
        .satisfies(
            tracker -> {
              assertThat(tracker.hook()).isEqualTo("tool-tracker");
              assertThat(tracker.successes()).isEqualTo(1);
              assertThat(tracker.dedupeHits()).isEqualTo(1);
              assertThat(tracker.failures()).isZero();
              assertThat(tracker.percentileMillis(0.99)).isPositive();
            });
  }

  @Test
  void eventsBeforeAndAfterOneCall_areBothAnsweredWithOneId() throws Exception {
    String before = hook().run(payload("pre-bash.json")).out();
    String after = hook().run(payload("post-bash.json")).out();

    assertThat(before).contains("\"hookEventName\":\"PreToolUse\"");
    assertThat(before.replace("PreToolUse", "PostToolUse")).isEqualTo(after);
  }

  @Test
  void textBeyondAscii_isReadAsUtf8InAnyLocale() throws Exception {
    Outcome outcome = hook().with("LC_ALL", "C").run(payload("post-edit.json"));

    assertThat(outcome.out()).contains("Edit is on record");
    assertThat(stats())
        .singleElement()
        .satisfies(
            tracker ->
                assertThat(tracker.totalPayloadBytes())
                    .isCloseTo(payload("post-edit.json").length, within(64L)));
  }

  @Test
  void switchedOff_answersAndLeavesNoFile() throws Exception {
    Outcome outcome = hook().with("HOOKBUS_ENABLED", "0").run(payload("post-bash.json"));

    assertThat(outcome.exitCode()).isZero();
    assertIsOneJsonDocument(outcome.out());
    assertThat(outcome.err()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "garbage",
        "[1]",
        "{\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Ba"
      })
  void inputThatIsNoEvent_isNamedOnTheErrorOutputOnly(String stdin) throws Exception {
    Outcome outcome = hook().run(stdin.getBytes(StandardCharsets.UTF_8));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).startsWith("hook tool-tracker failed: ");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hook_event_name\":\"Stop\",\"session_id\":\"s\"}",
        "{\"hook_event_name\":null,\"tool_name\":7}"
      })
  void otherEvent_isRecordedInSilence(String stdin) throws Exception {
    Outcome outcome = hook().run(stdin.getBytes(StandardCharsets.UTF_8));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).isEmpty();
    assertThat(stats()).singleElement().extracting(HookStats::successes).isEqualTo(1L);
  }

  @Test
  void inputBeyondTheBound_isRefused() throws Exception {
    Outcome outcome = hook().run(new byte[(32 << 20) + 1]);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).hasLineCount(1).contains("larger than");
  }
}
