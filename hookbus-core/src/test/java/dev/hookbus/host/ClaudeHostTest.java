package dev.hookbus.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.host.ClaudeHost.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules by which other tests judge, against every answer that was tried on the real host. */
class ClaudeHostTest {

  private static final String DENY =
      "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
          + "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":\"no\"}}";

  private record Row(String name, Verdict verdict, boolean ranPlain, boolean ranOnFailureBlock) {}

  private final List<Row> rows = new ArrayList<>();

  private void row(String name, int exitCode, String stdout, boolean plain, boolean onFailure) {
    rows.add(new Row(name, ClaudeHost.command(exitCode, stdout.getBytes(UTF_8)), plain, onFailure));
  }

  private void row(String name, Verdict verdict, boolean plain, boolean onFailure) {
    rows.add(new Row(name, verdict, plain, onFailure));
  }

  @Test
  void rules_giveWhatWasMeasured() {
    String deny = "\"deny\"";
    row("valid deny, exit 0", 0, DENY, false, false);
    row("no output, exit 0", 0, "", true, true);
    row("valid deny, exit 1", 1, DENY, false, false);
    row("exit 2, empty stdout", 2, "", false, false);
    row("exit 2 beside allow", 2, DENY.replace("deny", "allow"), false, false);
    row("exit 2 beside a log line + deny", 2, "log\n" + DENY, false, false);
    row("exit 2 beside JSON with null", 2, "{\"reason\":null}", false, false);
    row("log line before the JSON", 0, "log\n" + DENY, true, true);
    row("log line after the JSON", 0, DENY + "\nlog", true, true);
    row("two JSON objects", 0, DENY + "\n" + DENY, true, false);
    row("pretty-printed JSON", 0, DENY.replace(",", ",\n  "), false, false);
    row("leading BOM", 0, "\ufeff" + DENY, false, false);
    row("leading blank lines", 0, "\n\n" + DENY, false, false);
    row("JSON array", 0, "[" + DENY + "]", true, true);
    row("top-level null", 0, DENY.replaceFirst("\\{", "{\"reason\":null,"), true, false);
    row("null inside", 0, DENY.replace("\"no\"", "null"), true, false);
    row("enum in upper case", 0, DENY.replace(deny, "\"DENY\""), true, false);
    row("decision block in permissionDecision", 0, DENY.replace(deny, "\"block\""), true, false);
    row("hookEventName missing", 0, DENY.replace("hookEventName", "event"), true, false);
    row("hookEventName of another", 0, DENY.replace("PreToolUse", "PostToolUse"), true, false);
    row(
        "snake_case keys",
        0,
        "{\"hook_specific_output\":{\"hook_event_name\":\"PreToolUse\","
            + "\"permission_decision\":\"deny\"}}",
        true,
        true);
    row("permissionDecision at top level", 0, "{\"permissionDecision\":\"deny\"}", true, true);
    row("reason missing", 0, DENY.replace("permissionDecisionReason", "x"), false, false);
    row("reason is a number", 0, DENY.replace("\"no\"", "7"), true, false);
    row("unknown extra fields", 0, DENY.replaceFirst("\\{", "{\"more\":1,"), false, false);
    row("legacy decision:block", 0, "{\"decision\":\"block\",\"reason\":\"no\"}", false, false);
    row("legacy decision:deny", 0, "{\"decision\":\"deny\",\"reason\":\"no\"}", true, false);
    row("continue:false only", 0, "{\"continue\":false,\"stopReason\":\"no\"}", true, true);
    row("truncated JSON", 0, DENY.substring(0, 60), true, true);
    row("exit 1, no stdout", 1, "", true, false);
    row("exit 1 + text", 1, "text", true, false);
    row("killed by signal", ClaudeHost.killed(), true, false);
    row("timeout after a valid deny", ClaudeHost.killed(), true, false);
    row("timeout, nothing printed", ClaudeHost.killed(), true, false);
    row("executable missing", 127, "", true, false);
    row("async:true first line", 0, "{\"async\":true}\n" + DENY, true, true);
    row("deny on stderr, exit 0", 0, "", true, true);
    row(
        "invalid UTF-8 in the reason",
        ClaudeHost.command(0, DENY.replace("no", "n\u00ff").getBytes(ISO_8859_1)),
        false,
        false);
    row("http 200 valid deny", ClaudeHost.http(200, DENY), false, false);
    row("http 500 + deny body", ClaudeHost.http(500, DENY), true, false);
    row("http 403 + deny body", ClaudeHost.http(403, DENY), true, false);
    row("http 200 text", ClaudeHost.http(200, "no"), true, false);
    row("http 200 empty", ClaudeHost.http(200, ""), true, true);
    row("http 200 JSON with null", ClaudeHost.http(200, "{\"reason\":null}"), true, false);
    row("http timeout", ClaudeHost.killed(), true, false);
    row("http refused", ClaudeHost.killed(), true, false);

    assertThat(rows).hasSize(46);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.verdict().runs(false)).as(row.name()).isEqualTo(row.ranPlain());
              assertThat(row.verdict().runs(true))
                  .as(row.name() + ", onFailure:block")
                  .isEqualTo(row.ranOnFailureBlock());
            });
    Stream<Row> withoutControls = rows.stream().skip(2);
    assertThat(withoutControls.filter(Row::ranPlain)).hasSize(31);
    assertThat(rows.stream().skip(2).filter(Row::ranOnFailureBlock)).hasSize(10);
  }
}
