package dev.hookbus.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookSettingsTest {

  private static final Path FILE = Path.of("/home/ann/.claude/settings.json");
  private static final HookSpec GATE =
      new HookSpec("policy", "x.Policy", "PreToolUse", "Bash|Write", 30, true, List.of());
  private static final HookSpec STOP =
      new HookSpec("report", "x.Report", "Stop", null, 10, true, List.of());

  private static HookSettings settings(String text) throws InstallException {
    return HookSettings.of(FILE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(HookSettings settings) {
    return new String(settings.text(), StandardCharsets.UTF_8);
  }

  @Test
  void missingFile_becomesReadableSettings() throws Exception {
    assertThat(text(settings("").with(GATE, "/opt/bin/policy", new LinkedHashSet<>())))
        .isEqualTo(
            """
            {
              "hooks": {
                "PreToolUse": [
                  {
                    "matcher": "Bash|Write",
                    "hooks": [
                      {"type": "command", "command": "/opt/bin/policy", "timeout": 30, "onFailure": "block"}
                    ]
                  }
                ]
              }
            }
            """);
  }

  @Test
  void hooksOfOthers_stayCharacterByCharacter() throws Exception {
    String before =
        """
        {
            "permissions" : {"allow":["Bash(ls:*)"]},
            "hooks": {
                "PreToolUse": [
                    { "matcher": "*",   "hooks": [ {"type":"command","command":"mine.sh"} ] }
                ],
                "PostToolUse": []
            },
            "model":"opus" }
        """;
    String after = text(settings(before).with(GATE, "'/o p/policy'", new LinkedHashSet<>()));
    assertThat(after)
        .isEqualTo(
            before.replace(
                "\"mine.sh\"} ] }\n",
                """
                "mine.sh"} ] },
                            {
                                "matcher": "Bash|Write",
                                "hooks": [
                                    {"type": "command", "command": "'/o p/policy'", "timeout": 30, "onFailure": "block"}
                                ]
                            }
                """));
  }

  @Test
  void onFailure_isLeftOutWhereTheHostIgnoresIt() throws Exception {
    String after = text(settings("{}").with(STOP, "/x", new LinkedHashSet<>()));
    assertThat(after).contains("\"Stop\"").doesNotContain("onFailure").doesNotContain("matcher");
  }

  @Test
  void minifiedAndWindowsText_keepTheirStyle() throws Exception {
    assertThat(text(settings("{\"a\":1}").with(STOP, "/x", new LinkedHashSet<>())))
        .isEqualTo(
            "{\"a\":1, \"hooks\": {\"Stop\": [{\"hooks\": [{\"type\": \"command\", \"command\":"
                + " \"/x\", \"timeout\": 10}]}]}}");
    String windows =
        text(settings("{\r\n\t\"a\": 1\r\n}\r\n").with(STOP, "/x", new LinkedHashSet<>()));
    assertThat(windows.replace("\r\n", "")).doesNotContain("\n");
    assertThat(windows).contains("\r\n\t\"hooks\": {\r\n\t\t\"Stop\": [");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\n  // my settings\n  \"a\": 1\n}",
        "{\n  \"a\": 1,\n}",
        "[]",
        "{\n \"hooks\": []}",
        "{\"hooks\": {\n\"Stop\": {}}}",
        "nonsense"
      })
  void whatTheHostWouldNotRead_isRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> settings(text))
        .isInstanceOf(InstallException.class)
        .hasMessageContaining(FILE.toString())
        .hasMessageContaining("nothing was changed");
  }

  @Test
  void refusal_namesTheLine() {
    assertThatThrownBy(() -> settings("{\n  // mine\n}")).hasMessageContaining("line 2");
  }

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.of(
        "",
        "{}",
        "{ }\n",
        "{\"a\":1}",
        "{\n  \"a\": 1\n}\n",
        "{\r\n\t\"a\": [1,\r\n\t2]\r\n}",
        "\uFEFF{\n  \"é\": \"日本 🚀\"\n}",
        "{\"hooks\":{}}",
        "{\n \"hooks\": {\n }\n}",
        "{\"hooks\":{\"Stop\":[]}}",
        "{\n  \"hooks\": {\n    \"Stop\": [\n    ]\n  }\n}",
        "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"a\"}]}]},\"b\":2}",
        "{\n  \"hooks\": {\n    \"PreToolUse\": [\n      {\n        \"hooks\": [\n          {\"type\":"
            + " \"command\", \"command\": \"a\"}\n        ]\n      }\n    ]\n  },\n  \"z\": null\n}\n");
  }

  @Provide
  Arbitrary<List<HookSpec>> hooks() {
    return Arbitraries.of(
            GATE,
            STOP,
            new HookSpec("stop2", "x.Y", "Stop", null, 5, false, List.of()),
            new HookSpec("start", "x.Z", "SessionStart", "startup", 5, false, List.of()),
            new HookSpec("policy", "x.Policy", "UserPromptSubmit", null, 30, true, List.of()))
        .list()
        .ofMaxSize(6);
  }

  @Property(tries = 500, seed = "20261127")
  void addingTwiceIsAddingOnce_andTakingAwayGivesBackWhatWas(
      @ForAll("documents") String document, @ForAll("hooks") List<HookSpec> hooks)
      throws Exception {
    Set<String> made = new LinkedHashSet<>();
    HookSettings before = settings(document);
    HookSettings after = before;
    for (HookSpec hook : hooks) {
      after = after.with(hook, "/opt/" + hook.name(), made);
    }
    HookSettings again = after;
    for (HookSpec hook : hooks) {
      again = again.with(hook, "/opt/" + hook.name(), made);
    }
    HookSettings without =
        after.without(hook -> String.valueOf(hook.command()).startsWith("/opt/"), made);

    assertThat(text(again)).isEqualTo(text(after));
    assertThat(after.registered())
        .hasSize(before.registered().size() + (int) hooks.stream().distinct().count());
    // Blanks inside empty brackets are all that may be lost.
    assertThat(squeezed(text(without))).isEqualTo(squeezed(text(before)));
  }

  private static String squeezed(String json) {
    return json.replaceAll("([\\[{])\\s+([]}])", "$1$2");
  }
}
