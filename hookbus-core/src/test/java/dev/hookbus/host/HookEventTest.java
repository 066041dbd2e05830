package dev.hookbus.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookbus.json.JsonMember;
import dev.hookbus.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what hosts send. */
class HookEventTest {

  /** Fields of Codex that Claude Code does not have. */
  private static final Set<String> WITHOUT_ACCESSOR = Set.of("turn_id", "model");

  static List<Payloads.Sample> claudeLike() {
    return Payloads.of("claude-code", "codex");
  }

  static List<Payloads.Sample> all() {
    return Payloads.all();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private static HookEvent claude(String json) {
    return HookEvent.read(AgentHost.CLAUDE_CODE, json.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("claudeLike")
  void everyField_hasAnAccessor(Payloads.Sample sample) throws Exception {
    HookEvent event = sample.read();

    assertThat(event.name()).isEqualTo(sample.event());
    assertThat(event.getClass().getSimpleName()).isEqualTo(sample.event());
    List<JsonNode> values = new ArrayList<>();
    collect(event, values);
    for (JsonMember member : sample.payload().members()) {
      boolean optional =
          WITHOUT_ACCESSOR.contains(member.name()) && sample.agentHost() == AgentHost.CODEX;
      if (!optional && !member.value().isNull()) {
        assertThat(values).as(member.name()).contains(node(member.value()));
      }
    }
  }

  /** Everything that the accessors of a record, and of the records in it, give. */
  private static void collect(Object value, List<JsonNode> values) throws Exception {
    values.add(node(value));
    if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        collect(component.getAccessor().invoke(value), values);
      }
    }
    if (value instanceof HookContext context && context.effort() != null) {
      values.add(node(Map.of("level", context.effort())));
    }
  }

  /** A value as the host would write it. */
  private static JsonNode node(Object value) throws JsonProcessingException {
    if (value instanceof JsonValue json) {
      return node(JSON.readValue(json.toString(), Object.class));
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.createArrayNode();
      for (Object item : list) {
        array.add(node(item));
      }
      return array;
    }
    if (value instanceof ToolCall call) {
      ObjectNode object = JSON.createObjectNode();
      object.set("tool_name", node(call.name()));
      object.set("tool_input", node(call.input()));
      object.set("tool_use_id", node(call.useId()));
      object.set("tool_response", node(call.response()));
      return object;
    }
    if (value instanceof McpServer || value instanceof Map) {
      return JSON.valueToTree(value);
    }
    return value instanceof Number number
        ? JSON.valueToTree(number.doubleValue())
        : JSON.valueToTree(value == null ? null : String.valueOf(value));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySample_isReadAndKeptWhole(Payloads.Sample sample) {
    AgentHost host = sample.host().equals("opencode") ? AgentHost.CLAUDE_CODE : sample.agentHost();
    HookEvent event = HookEvent.read(host, sample.payload().toString().getBytes(UTF_8));

    assertThat(event.json()).isEqualTo(sample.payload());
    assertThat(event.context().host()).isEqualTo(host);
    assertThat(event.toString()).isNotEmpty();
  }

  @Test
  void samples_coverEveryEvent() {
    Set<String> events = new TreeSet<>();
    for (Class<?> event : HookEvent.class.getPermittedSubclasses()) {
      (event.isInterface() ? Arrays.stream(event.getPermittedSubclasses()) : Stream.of(event))
          .map(Class::getSimpleName)
          .forEach(events::add);
    }
    assertThat(events).hasSize(34).contains("OtherEvent");
    events.remove("OtherEvent");
    assertThat(Payloads.of("claude-code")).extracting(Payloads.Sample::event).containsAll(events);
    assertThat(Payloads.all()).hasSize(84);
  }

  @Test
  void unknownEvent_isKeptRaw() {
    HookEvent event =
        claude("{\"hook_event_name\":\"MoonRise\",\"session_id\":\"s\",\"phase\":{\"full\":true}}");

    assertThat(event).isInstanceOf(OtherEvent.class);
    assertThat(event.name()).isEqualTo("MoonRise");
    assertThat(event.sessionId()).isEqualTo("s");
    assertThat(event.json().get("phase").get("full").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "\"PreToolUse\"", "{\"hook_event_name\":"})
  void whatIsNoObject_isRefused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> claude(json));
  }

  @Test
  void wrongTypes_countAsMissing() {
    Stop stop =
        (Stop) claude("{\"hook_event_name\":\"Stop\",\"stop_hook_active\":\"yes\",\"cwd\":1}");
    PreToolUse call = (PreToolUse) claude("{\"hook_event_name\":\"PreToolUse\",\"tool_name\":7}");

    assertThat(stop.stopHookActive()).isFalse();
    assertThat(stop.cwd()).isNull();
    assertThat(call.toolName()).isEmpty();
    assertThat(call.input()).isEqualTo(new ToolInput.Other(JsonValue.parse("{}")));
    assertThat(claude("{}").name()).isEmpty();
  }

  /** Hosts change from month to month: no field may be of a type that breaks a hook. */
  @Test
  void fieldsOfAnyType_areReadOrCountAsMissing() {
    List<JsonValue> values =
        JsonValue.parse("[null,true,-1.5,1e999,\"x\",\"{\",[],[{}],{},{\"name\":1}]").items();
    for (Payloads.Sample sample : Payloads.all()) {
      AgentHost host =
          sample.host().equals("opencode") ? AgentHost.CLAUDE_CODE : sample.agentHost();
      for (JsonMember member : sample.payload().members()) {
        for (JsonValue value : values) {
          JsonValue changed = sample.payload().with(member.name(), value);
          HookEvent event = HookEvent.read(host, changed.toString().getBytes(UTF_8));
          assertThat(event.json()).isEqualTo(changed);
          if (event instanceof ToolEvent call) {
            assertThat(call.input()).isNotNull();
          }
        }
      }
    }
  }

  private static ToolInput input(String tool, String json) {
    return ((PreToolUse)
            claude(
                "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"%s\",\"tool_input\":%s}"
                    .formatted(tool, json)))
        .input();
  }

  @Test
  void commonTools_haveTypedInputs() {
    JsonValue x = JsonValue.parse("{}");
    String bash =
        "{\"command\":\"ls\",\"description\":\"d\",\"timeout\":5000,\"run_in_background\":true}";
    String edit =
        "{\"file_path\":\"/a\",\"old_string\":\"o\",\"new_string\":\"n\",\"replace_all\":true}";
    String notebook =
        "{\"notebook_path\":\"/n.ipynb\",\"new_source\":\"1\",\"cell_id\":\"c\","
            + "\"cell_type\":\"code\",\"edit_mode\":\"insert\"}";
    String agent =
        "{\"prompt\":\"p\",\"description\":\"d\",\"subagent_type\":\"Explore\","
            + "\"run_in_background\":true}";

    assertThat(input("Bash", bash))
        .isEqualTo(new ToolInput.Bash(JsonValue.parse(bash), "ls", "d", 5000L, true));
    assertThat(input("Read", "{\"file_path\":\"/a\",\"offset\":3,\"limit\":4}"))
        .extracting("filePath", "offset", "limit")
        .containsExactly("/a", 3L, 4L);
    assertThat(input("Write", "{\"file_path\":\"/a\",\"content\":\"c\"}"))
        .extracting("filePath", "content")
        .containsExactly("/a", "c");
    assertThat(input("Edit", edit))
        .isEqualTo(new ToolInput.Edit(JsonValue.parse(edit), "/a", "o", "n", true));
    assertThat(input("MultiEdit", "{\"file_path\":\"/a\",\"edits\":[{},{}]}"))
        .extracting("filePath", "edits")
        .containsExactly("/a", List.of(x, x));
    assertThat(input("NotebookEdit", notebook))
        .isEqualTo(
            new ToolInput.NotebookEdit(
                JsonValue.parse(notebook), "/n.ipynb", "1", "c", "code", "insert"));
    assertThat(input("Grep", "{\"pattern\":\"p\",\"path\":\"/a\",\"glob\":\"*.java\"}"))
        .extracting("pattern", "path", "glob")
        .containsExactly("p", "/a", "*.java");
    assertThat(input("Glob", "{\"pattern\":\"*.md\"}"))
        .extracting("pattern", "path")
        .containsExactly("*.md", null);
    assertThat(input("WebFetch", "{\"url\":\"https://a.test\",\"prompt\":\"p\"}"))
        .extracting("url", "prompt")
        .containsExactly("https://a.test", "p");
    assertThat(input("WebSearch", "{\"query\":\"q\",\"blocked_domains\":[\"a\",1]}"))
        .extracting("query", "allowedDomains", "blockedDomains")
        .containsExactly("q", List.of(), List.of("a"));
    for (String name : List.of("Agent", "Task")) {
      assertThat(input(name, agent))
          .isEqualTo(new ToolInput.Agent(JsonValue.parse(agent), "p", "d", "Explore", true));
    }
    assertThat(input("TodoWrite", "{\"todos\":[{}]}")).extracting("todos").isEqualTo(List.of(x));
    assertThat(input("Mystery", "{\"command\":\"ls\"}")).isInstanceOf(ToolInput.Other.class);
    assertThat(input("Bash", "{\"cmd\":\"ls\"}")).isInstanceOf(ToolInput.Other.class);
  }

  /** A rule about paths must see the path even where the rest is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"Read", "Write", "Edit", "MultiEdit"})
  void fileTools_needNoMoreThanAPath(String tool) {
    assertThat(input(tool, "{\"file_path\":\"/a\"}"))
        .isInstanceOfSatisfying(
            ToolInput.OfFile.class, file -> assertThat(file.filePath()).isEqualTo("/a"));
  }

  @Test
  void mcpNames_areSplit() {
    assertThat(input("mcp__github__search_code", "{}"))
        .isEqualTo(new ToolInput.Mcp(JsonValue.parse("{}"), "github", "search_code"));
    assertThat(input("mcp__a__b__c", "{}")).extracting("server", "tool").contains("a", "b__c");
    assertThat(input("mcp__github", "{}")).isInstanceOf(ToolInput.Other.class);
    PreToolUse known =
        (PreToolUse)
            claude(
                "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"mcp__a__b__c\","
                    + "\"mcp_server\":{\"name\":\"a__b\",\"source\":\"user\"}}");
    assertThat(known.input()).extracting("server", "tool").containsExactly("a__b", "c");
    assertThat(known.tool().mcpServer()).isEqualTo(new McpServer("a__b", "user"));
  }

  @Test
  void largeInput_isNotCut() {
    String content = "x".repeat(2_000_000);

    assertThat(input("Write", "{\"file_path\":\"/a\",\"content\":\"" + content + "\"}"))
        .isInstanceOfSatisfying(
            ToolInput.Write.class, write -> assertThat(write.content()).isEqualTo(content));
  }

  @Test
  void otherHosts_sayTheSameInTheirWords() {
    assertThat(Payloads.of("cursor", "gemini", "copilot", "windsurf"))
        .extracting(sample -> sample + " = " + summary(sample.read()))
        .containsExactly(
            "cursor preToolUse: Shell; cwd may be empty = PreToolUse 262a9ab5 cwd=null"
                + " 2f690fc9 Bash[echo x]",
            "cursor beforeShellExecution = PreToolUse 262a9ab5 cwd=null null Bash[echo x]",
            "cursor postToolUse: tool_output is a JSON string, duration is a float = PostToolUse"
                + " 262a9ab5 cwd=null 2f690fc9 Bash[echo x]"
                + " 9742 {\"output\":\"x\\n\",\"exitCode\":0}",
            "cursor postToolUseFailure: a denied call ends here (unlike Claude Code) ="
                + " PostToolUseFailure 262a9ab5 cwd=null bdcb5cc3 Bash[echo x] no",
            "cursor sessionEnd = SessionEnd 262a9ab5 cwd=null completed",
            "gemini BeforeTool = PreToolUse g-1 cwd=/home/dev/shop null Bash[ls]",
            "gemini AfterTool = PostToolUse g-1 cwd=/home/dev/shop null Bash[ls]"
                + " null {\"llmContent\": \"a\", \"returnDisplay\": \"a\"}",
            "gemini AfterAgent = Stop g-1 cwd=/home/dev/shop r",
            "copilot preToolUse: camelCase; no tool call id, epoch-ms timestamp = PreToolUse s1"
                + " cwd=/home/dev/shop null Bash[ls]",
            "copilot preToolUse: older: toolArgs is a JSON string, no sessionId = PreToolUse null"
                + " cwd=/home/dev/shop null Bash[ls]",
            "copilot PreToolUse: VS Code compatible form, Claude tool name = PreToolUse s1"
                + " cwd=/home/dev/shop null Bash[ls]",
            "copilot PostToolUse: VS Code compatible: tool_result, not tool_response = PostToolUse"
                + " s1 cwd=/home/dev/shop null Bash[ls]"
                + " null {\"result_type\": \"success\", \"text_result_for_llm\": \"a\"}",
            "windsurf pre_run_command = PreToolUse tr-1 cwd=/home/dev/shop null Bash[ls]");
  }

  private static String summary(HookEvent event) {
    String text = event.name() + " " + cut(event.sessionId()) + " cwd=" + event.cwd();
    if (event instanceof ToolEvent call) {
      text +=
          " " + cut(call.toolUseId()) + " Bash[" + ((ToolInput.Bash) call.input()).command() + "]";
    }
    if (event instanceof PostToolUse post) {
      text += " " + post.durationMs() + " " + post.response();
    }
    if (event instanceof PostToolUseFailure failure) {
      text += " " + failure.error();
    }
    if (event instanceof SessionEnd end) {
      text += " " + end.reason();
    }
    if (event instanceof Stop stop) {
      text += " " + stop.lastAssistantMessage();
    }
    return text;
  }

  private static String cut(String id) {
    return id == null || id.length() < 9 ? id : id.substring(0, 8);
  }

  /** The events of Cursor and Copilot about one tool, which samples do not cover. */
  @Test
  void eventsAboutOneTool_areToolCalls() {
    String cursor =
        "{\"hook_event_name\":\"%s\",\"file_path\":\"/a\",\"content\":\"c\",\"edits\":[]}";
    assertThat(cursor(cursor.formatted("beforeReadFile")))
        .isInstanceOfSatisfying(
            PreToolUse.class, call -> assertThat(call.input()).isInstanceOf(ToolInput.Read.class));
    assertThat(cursor(cursor.formatted("afterFileEdit")))
        .isInstanceOfSatisfying(
            PostToolUse.class,
            call -> assertThat(call.input()).isInstanceOf(ToolInput.MultiEdit.class));
    assertThat(cursor("{\"hook_event_name\":\"stop\",\"loop_count\":1}"))
        .isInstanceOfSatisfying(Stop.class, stop -> assertThat(stop.stopHookActive()).isTrue());
    assertThat(cursor("{\"hook_event_name\":\"stop\",\"loop_count\":0}"))
        .isInstanceOfSatisfying(Stop.class, stop -> assertThat(stop.stopHookActive()).isFalse());
    assertThat(
            HookEvent.read(
                AgentHost.WINDSURF,
                ("{\"agent_action_name\":\"pre_mcp_tool_use\",\"tool_info\":{\"mcp_server_name\":\"s\","
                        + "\"mcp_tool_name\":\"t\",\"mcp_tool_arguments\":{\"a\":1}}}")
                    .getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            PreToolUse.class,
            call ->
                assertThat(call.input())
                    .isEqualTo(new ToolInput.Mcp(JsonValue.parse("{\"a\":1}"), "s", "t")));
  }

  private static HookEvent cursor(String json) {
    return HookEvent.read(AgentHost.CURSOR, json.getBytes(UTF_8));
  }

  @Test
  void copilotEvents_areToldByWhatTheyHold() {
    assertThat(
            Stream.of(
                    "{\"toolName\":\"bash\",\"toolResult\":{}}",
                    "{\"toolName\":\"bash\",\"error\":\"e\"}",
                    "{\"prompt\":\"p\"}",
                    "{\"stopReason\":\"end_turn\"}",
                    "{\"stopReason\":\"end_turn\",\"agentName\":\"a\"}",
                    "{\"source\":\"new\"}",
                    "{\"reason\":\"complete\"}",
                    "{\"error\":{}}",
                    "{}")
                .map(json -> HookEvent.read(AgentHost.COPILOT_CLI, json.getBytes(UTF_8)).name()))
        .containsExactly(
            "PostToolUse",
            "PostToolUseFailure",
            "UserPromptSubmit",
            "Stop",
            "SubagentStop",
            "SessionStart",
            "SessionEnd",
            "errorOccurred",
            "");
  }
}
