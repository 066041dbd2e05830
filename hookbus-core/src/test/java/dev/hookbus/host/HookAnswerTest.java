package dev.hookbus.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.host.ClaudeHost.Verdict;
import dev.hookbus.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hook's answers look like to each host. */
class HookAnswerTest {

  private static final JsonValue INPUT = JsonValue.parse("{\"command\":\"ls\"}");

  private static HookOutput claude(String event, HookAnswer answer) {
    return write(AgentHost.CLAUDE_CODE, event, event, answer);
  }

  private static HookOutput write(
      AgentHost host, String event, String hostEvent, HookAnswer answer) {
    return HostProtocol.of(host).write(event, hostEvent, answer.reply());
  }

  private static Arguments says(String event, HookAnswer answer, int exitCode, String json) {
    return Arguments.of(event, answer, exitCode, json);
  }

  /** An answer whose whole content stands in {@code hookSpecificOutput}. */
  private static Arguments specific(String event, HookAnswer answer, int exitCode, String json) {
    String name = "{\"hookSpecificOutput\":{\"hookEventName\":\"" + event + "\",";
    return says(event, answer, exitCode, name + json + "}}");
  }

  static Stream<Arguments> answersOfClaudeCode() {
    return Stream.of(
        specific("PreToolUse", PreToolUseAnswer.allow(), 0, "\"permissionDecision\":\"allow\""),
        specific(
            "PreToolUse",
            PreToolUseAnswer.allow("ok").updatedInput(INPUT),
            0,
            "\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"ok\","
                + "\"updatedInput\":{\"command\":\"ls\"}"),
        specific(
            "PreToolUse",
            PreToolUseAnswer.deny("no"),
            2,
            "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"no\""),
        specific(
            "PreToolUse",
            PreToolUseAnswer.ask("sure?").additionalContext("c"),
            0,
            "\"permissionDecision\":\"ask\",\"permissionDecisionReason\":\"sure?\","
                + "\"additionalContext\":\"c\""),
        specific("PreToolUse", PreToolUseAnswer.defer(), 0, "\"permissionDecision\":\"defer\""),
        specific("PreToolUse", PreToolUseAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        says(
            "PreToolUse",
            PreToolUseAnswer.none().systemMessage("m").terminalSequence("\u0007"),
            0,
            "{\"systemMessage\":\"m\",\"terminalSequence\":\"\\u0007\"}"),
        specific(
            "PermissionRequest",
            PermissionRequestAnswer.allow()
                .updatedInput(INPUT)
                .updatedPermissions(JsonValue.parse("[]")),
            0,
            "\"decision\":{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"ls\"},"
                + "\"updatedPermissions\":[]}"),
        specific(
            "PermissionRequest",
            PermissionRequestAnswer.deny("no"),
            0,
            "\"decision\":{\"behavior\":\"deny\",\"message\":\"no\"}"),
        specific(
            "PermissionRequest",
            PermissionRequestAnswer.denyAndInterrupt("no"),
            0,
            "\"decision\":{\"behavior\":\"deny\",\"message\":\"no\",\"interrupt\":true}"),
        specific(
            "PostToolUse",
            PostToolUseAnswer.context("c").updatedToolOutput(INPUT).classifierContext("h"),
            0,
            "\"additionalContext\":\"c\",\"updatedToolOutput\":{\"command\":\"ls\"},"
                + "\"classifierContext\":\"h\""),
        specific(
            "PostToolUse",
            PostToolUseAnswer.none().updatedMcpToolOutput(INPUT),
            0,
            "\"updatedMCPToolOutput\":{\"command\":\"ls\"}"),
        says(
            "PostToolUse",
            PostToolUseAnswer.block("wrong").stopAgent("enough"),
            0,
            "{\"continue\":false,\"stopReason\":\"enough\",\"decision\":\"block\","
                + "\"reason\":\"wrong\"}"),
        says(
            "PostToolBatch",
            PostToolBatchAnswer.block("stop"),
            2,
            "{\"decision\":\"block\",\"reason\":\"stop\"}"),
        specific(
            "PostToolBatch", PostToolBatchAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        specific(
            "PostToolUseFailure", ContextAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        specific("SubagentStart", ContextAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        specific("Setup", ContextAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        specific("Notification", ContextAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        specific("PostModelSwitch", ContextAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        says(
            "UserPromptSubmit",
            UserPromptSubmitAnswer.block("no").suppressOriginalPrompt(),
            2,
            "{\"decision\":\"block\",\"reason\":\"no\",\"hookSpecificOutput\":"
                + "{\"hookEventName\":\"UserPromptSubmit\",\"suppressOriginalPrompt\":true}}"),
        specific(
            "UserPromptSubmit",
            UserPromptSubmitAnswer.context("c").sessionTitle("t"),
            0,
            "\"additionalContext\":\"c\",\"sessionTitle\":\"t\""),
        says(
            "UserPromptExpansion",
            UserPromptExpansionAnswer.block("no"),
            2,
            "{\"decision\":\"block\",\"reason\":\"no\"}"),
        specific(
            "SessionStart",
            SessionStartAnswer.context("c")
                .initialUserMessage("hi")
                .sessionTitle("t")
                .watchPaths(List.of("/a", "/b"))
                .reloadSkills(),
            0,
            "\"additionalContext\":\"c\",\"initialUserMessage\":\"hi\",\"sessionTitle\":\"t\","
                + "\"watchPaths\":[\"/a\",\"/b\"],\"reloadSkills\":true"),
        says("Stop", StopAnswer.block("go on"), 2, "{\"decision\":\"block\",\"reason\":\"go on\"}"),
        specific("SubagentStop", StopAnswer.context("c"), 0, "\"additionalContext\":\"c\""),
        specific(
            "PreModelSwitch", PreModelSwitchAnswer.allow(), 0, "\"permissionDecision\":\"allow\""),
        specific(
            "PreModelSwitch",
            PreModelSwitchAnswer.deny("dear"),
            0,
            "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"dear\""),
        specific(
            "PreModelSwitch",
            PreModelSwitchAnswer.ask("dear"),
            0,
            "\"permissionDecision\":\"ask\",\"permissionDecisionReason\":\"dear\""),
        specific("PermissionDenied", PermissionDeniedAnswer.retry(), 0, "\"retry\":true"),
        specific(
            "Elicitation",
            ElicitationAnswer.accept(INPUT),
            0,
            "\"action\":\"accept\",\"content\":{\"command\":\"ls\"}"),
        specific("Elicitation", ElicitationAnswer.decline(), 0, "\"action\":\"decline\""),
        specific("ElicitationResult", ElicitationAnswer.cancel(), 0, "\"action\":\"cancel\""),
        specific("CwdChanged", WatchAnswer.watch(List.of("/a")), 0, "\"watchPaths\":[\"/a\"]"),
        specific("FileChanged", WatchAnswer.watch(List.of()), 0, "\"watchPaths\":[]"),
        specific("MessageDisplay", MessageDisplayAnswer.show("x"), 0, "\"displayContent\":\"x\""),
        says(
            "PreCompact", BlockAnswer.block("no"), 2, "{\"decision\":\"block\",\"reason\":\"no\"}"),
        says(
            "TaskCreated",
            BlockAnswer.block("no"),
            2,
            "{\"decision\":\"block\",\"reason\":\"no\"}"),
        says(
            "ConfigChange",
            BlockAnswer.block("no"),
            2,
            "{\"decision\":\"block\",\"reason\":\"no\"}"),
        says("TaskCompleted", TeamAnswer.block("tests fail"), 2, ""),
        says(
            "TeammateIdle",
            TeamAnswer.none().stopAgent("enough"),
            0,
            "{\"continue\":false,\"stopReason\":\"enough\"}"),
        says("WorktreeCreate", WorktreeAnswer.created("/w/1"), 0, "/w/1"),
        says("WorktreeCreate", WorktreeAnswer.failed("no git"), 1, ""),
        says("SessionEnd", NoAnswer.none().systemMessage("bye"), 0, "{\"systemMessage\":\"bye\"}"));
  }

  @ParameterizedTest
  @MethodSource("answersOfClaudeCode")
  void answer_isWhatClaudeCodeTakes(String event, HookAnswer answer, int exitCode, String json) {
    HookOutput output = claude(event, answer);

    assertThat(output.document()).isEqualTo(json);
    assertThat(output.exitCode()).isEqualTo(exitCode);
    assertThat(answer.fits(Payloads.claude(event).read())).isTrue();
    if (exitCode != 0) {
      assertThat(output.message()).as("the host shows the error output").isNotEmpty();
    }
  }

  @Test
  void noAnswer_isSilence() {
    Stream.of(
            PreToolUseAnswer.none(),
            PermissionRequestAnswer.none(),
            PostToolUseAnswer.none(),
            PostToolBatchAnswer.none(),
            ContextAnswer.none(),
            UserPromptSubmitAnswer.none(),
            UserPromptExpansionAnswer.none(),
            SessionStartAnswer.none(),
            StopAnswer.none(),
            BlockAnswer.none(),
            TeamAnswer.none(),
            PreModelSwitchAnswer.none(),
            PermissionDeniedAnswer.none(),
            ElicitationAnswer.none(),
            WatchAnswer.none(),
            MessageDisplayAnswer.none(),
            HookAnswer.none())
        .forEach(
            answer -> {
              for (AgentHost host : AgentHost.values()) {
                assertThat(write(host, "PreToolUse", "preToolUse", answer))
                    .isEqualTo(HookOutput.SILENCE);
              }
            });
  }

  @Test
  void answer_fitsItsEventsOnly() {
    assertThat(PreToolUseAnswer.none().fits(Payloads.claude("Stop").read())).isFalse();
    assertThat(StopAnswer.none().fits(Payloads.claude("PreToolUse").read())).isFalse();
    assertThat(HookAnswer.none().fits(Payloads.claude("PreToolUse").read())).isTrue();
  }

  /** Whatever the texts: a host that drops answers with nulls and odd enums must take this one. */
  @Property(tries = 300, seed = "20261127")
  void everyDenial_blocks(@ForAll String reason, @ForAll String context) {
    PreToolUseAnswer answer =
        PreToolUseAnswer.deny(reason).additionalContext(context).systemMessage(context);
    HookOutput output = claude("PreToolUse", answer);

    assertThat(output.document()).doesNotContain("\n", "\r");
    assertThat(ClaudeHost.command(0, output.document().getBytes(UTF_8)))
        .as("by the document alone")
        .isEqualTo(Verdict.BLOCKED);
    assertThat(output.exitCode()).as("by the exit code alone").isEqualTo(2);
    assertThat(output.message()).isNotBlank();
  }

  @Property(tries = 100, seed = "20261127")
  void everyText_arrives(@ForAll String text) throws Exception {
    JsonNode answer =
        new ObjectMapper()
            .readTree(claude("SessionStart", SessionStartAnswer.context(text)).document());

    assertThat(answer.at("/hookSpecificOutput/additionalContext").asText()).isEqualTo(text);
  }

  @Test
  @SuppressWarnings("NullAway") // callers without the checker do this
  void denial_needsNoReasonToHold() {
    for (String reason : new String[] {null, "", "  "}) {
      assertThat(claude("PreToolUse", PreToolUseAnswer.deny(reason)).document())
          .contains("\"permissionDecisionReason\":\"no reason given\"");
      assertThat(claude("Stop", StopAnswer.block(reason)).exitCode()).isEqualTo(2);
    }
    assertThat(claude("PreToolUse", PreToolUseAnswer.deny("no").additionalContext(null)).document())
        .doesNotContain("null");
  }

  @Test
  void input_isChangedOnlyWhereTheToolMayRun() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PreToolUseAnswer.deny("no").updatedInput(INPUT));
    assertThatIllegalStateException().isThrownBy(() -> PreToolUseAnswer.none().updatedInput(INPUT));
    assertThatIllegalStateException()
        .isThrownBy(() -> PermissionRequestAnswer.deny("no").updatedInput(INPUT));
    assertThatIllegalArgumentException().isThrownBy(() -> WorktreeAnswer.created("/a\n/b"));
  }

  @Test
  void equalAnswers_areEqual() {
    assertThat(PreToolUseAnswer.deny("no"))
        .isEqualTo(PreToolUseAnswer.deny("no"))
        .hasSameHashCodeAs(PreToolUseAnswer.deny("no"))
        .isNotEqualTo(PreToolUseAnswer.deny("never"))
        .isNotEqualTo(PreModelSwitchAnswer.deny("no"))
        .hasToString("PreToolUseAnswer[deny]");
  }

  static Stream<Arguments> answersOfOtherHosts() {
    PreToolUseAnswer allow = PreToolUseAnswer.allow("ok");
    PreToolUseAnswer changed = allow.updatedInput(INPUT).systemMessage("m");
    PreToolUseAnswer deny = PreToolUseAnswer.deny("no").systemMessage("m");
    PreToolUseAnswer ask = PreToolUseAnswer.ask("sure?");
    PostToolUseAnswer response =
        PostToolUseAnswer.context("c").updatedToolOutput(INPUT).classifierContext("h");
    return Stream.of(
        Arguments.of("codex", "PreToolUse", "PreToolUse", allow, 0, ""),
        Arguments.of(
            "codex",
            "PreToolUse",
            "PreToolUse",
            changed,
            0,
            "{\"systemMessage\":\"m\",\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
                + "\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"ok\","
                + "\"updatedInput\":{\"command\":\"ls\"}}}"),
        Arguments.of(
            "codex",
            "PreToolUse",
            "PreToolUse",
            ask,
            2,
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
                + "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"sure?\"}}"),
        Arguments.of(
            "codex",
            "PreToolUse",
            "PreToolUse",
            PreToolUseAnswer.defer(),
            2,
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
                + "\"permissionDecision\":\"deny\","
                + "\"permissionDecisionReason\":\"a person has to decide this\"}}"),
        Arguments.of(
            "codex",
            "PermissionRequest",
            "PermissionRequest",
            PermissionRequestAnswer.denyAndInterrupt("no"),
            0,
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PermissionRequest\","
                + "\"decision\":{\"behavior\":\"deny\",\"message\":\"no\"}}}"),
        Arguments.of(
            "codex",
            "PermissionRequest",
            "PermissionRequest",
            PermissionRequestAnswer.allow().updatedInput(INPUT),
            0,
            ""),
        Arguments.of(
            "codex",
            "PostToolUse",
            "PostToolUse",
            response,
            0,
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PostToolUse\","
                + "\"additionalContext\":\"c\"}}"),
        Arguments.of(
            "codex",
            "Stop",
            "Stop",
            StopAnswer.block("go on"),
            2,
            "{\"decision\":\"block\",\"reason\":\"go on\"}"),
        Arguments.of(
            "cursor",
            "PreToolUse",
            "preToolUse",
            changed,
            0,
            "{\"permission\":\"allow\",\"user_message\":\"ok\",\"agent_message\":\"ok\","
                + "\"updated_input\":{\"command\":\"ls\"}}"),
        Arguments.of(
            "cursor",
            "PreToolUse",
            "preToolUse",
            deny,
            2,
            "{\"permission\":\"deny\",\"user_message\":\"no\",\"agent_message\":\"no\"}"),
        Arguments.of(
            "cursor",
            "PreToolUse",
            "preToolUse",
            ask,
            2,
            "{\"permission\":\"deny\",\"user_message\":\"sure?\",\"agent_message\":\"sure?\"}"),
        Arguments.of(
            "cursor",
            "PreToolUse",
            "beforeShellExecution",
            ask,
            0,
            "{\"permission\":\"ask\",\"user_message\":\"sure?\",\"agent_message\":\"sure?\"}"),
        Arguments.of(
            "cursor",
            "UserPromptSubmit",
            "beforeSubmitPrompt",
            UserPromptSubmitAnswer.block("no"),
            2,
            "{\"continue\":false,\"user_message\":\"no\"}"),
        Arguments.of(
            "cursor",
            "Stop",
            "stop",
            StopAnswer.block("go on"),
            0,
            "{\"followup_message\":\"go on\"}"),
        Arguments.of(
            "cursor", "PostToolUse", "postToolUse", response, 0, "{\"additional_context\":\"c\"}"),
        Arguments.of("cursor", "PreCompact", "preCompact", BlockAnswer.block("no"), 0, ""),
        Arguments.of(
            "gemini",
            "PreToolUse",
            "BeforeTool",
            changed,
            0,
            "{\"systemMessage\":\"m\",\"decision\":\"allow\",\"reason\":\"ok\","
                + "\"hookSpecificOutput\":{\"hookEventName\":\"BeforeTool\","
                + "\"tool_input\":{\"command\":\"ls\"}}}"),
        Arguments.of(
            "gemini",
            "PreToolUse",
            "BeforeTool",
            deny,
            2,
            "{\"systemMessage\":\"m\",\"decision\":\"deny\",\"reason\":\"no\"}"),
        Arguments.of(
            "gemini",
            "PreToolUse",
            "BeforeTool",
            ask,
            2,
            "{\"decision\":\"deny\",\"reason\":\"sure?\"}"),
        Arguments.of(
            "gemini",
            "Stop",
            "AfterAgent",
            StopAnswer.block("go on"),
            0,
            "{\"decision\":\"deny\",\"reason\":\"go on\"}"),
        Arguments.of(
            "gemini",
            "UserPromptSubmit",
            "BeforeAgent",
            UserPromptSubmitAnswer.context("c"),
            0,
            "{\"hookSpecificOutput\":{\"hookEventName\":\"BeforeAgent\","
                + "\"additionalContext\":\"c\"}}"),
        Arguments.of(
            "copilot",
            "PreToolUse",
            "preToolUse",
            changed,
            0,
            "{\"permissionDecision\":\"allow\",\"permissionDecisionReason\":\"ok\","
                + "\"modifiedArgs\":{\"command\":\"ls\"}}"),
        Arguments.of(
            "copilot",
            "PreToolUse",
            "preToolUse",
            deny,
            2,
            "{\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"no\"}"),
        Arguments.of(
            "copilot",
            "PreToolUse",
            "preToolUse",
            ask,
            0,
            "{\"permissionDecision\":\"ask\",\"permissionDecisionReason\":\"sure?\"}"),
        Arguments.of(
            "copilot",
            "PermissionRequest",
            "permissionRequest",
            PermissionRequestAnswer.deny("no"),
            0,
            "{\"behavior\":\"deny\",\"message\":\"no\"}"),
        Arguments.of(
            "copilot",
            "PostToolUse",
            "postToolUse",
            response,
            0,
            "{\"modifiedResult\":{\"command\":\"ls\"},\"additionalContext\":\"c\"}"),
        Arguments.of(
            "copilot",
            "Stop",
            "agentStop",
            StopAnswer.block("go on"),
            0,
            "{\"decision\":\"block\",\"reason\":\"go on\"}"),
        Arguments.of("windsurf", "PreToolUse", "pre_run_command", deny, 2, ""),
        Arguments.of("windsurf", "PreToolUse", "pre_run_command", ask, 2, ""),
        Arguments.of("windsurf", "PreToolUse", "pre_run_command", allow, 0, ""),
        Arguments.of("windsurf", "PostToolUse", "post_run_command", response, 0, ""));
  }

  @ParameterizedTest
  @MethodSource("answersOfOtherHosts")
  void answer_isWhatItsHostTakes(
      String host, String event, String hostEvent, HookAnswer answer, int exitCode, String json) {
    HookOutput output = write(AgentHost.ofFlag(host), event, hostEvent, answer);

    assertThat(output.document()).isEqualTo(json);
    assertThat(output.exitCode()).isEqualTo(exitCode);
  }
}
