package dev.hookbus.sink.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.ChildJvm;
import dev.hookbus.cli.HookBusCli;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventLevel;
import dev.hookbus.event.EventType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands, in processes of their own, on a real server. */
class CliTest {
  @RegisterExtension static final ChromaServer CHROMA = new ChromaServer();

  private static String hookbus(String... arguments) throws Exception {
    Map<String, String> environment =
        Map.of("HOOKBUS_CHROMA_URL", CHROMA.uri().toString(), "HOOKBUS_CHROMA_PREFIX", "cli_");
    try (ChildJvm child = ChildJvm.start(environment, List.of(), HookBusCli.class, arguments)) {
      return child.finish();
    }
  }

  @Test
  void commands_askCountAndErase() throws Exception {
    Event denied =
        Events.of(EventType.ERROR)
            .level(EventLevel.ERROR)
            .tool("Bash", "toolu_1")
            .msg("permission denied")
            .build();
    try (ChromaSink sink = ChromaSink.to(ChromaConfig.at(CHROMA.uri()).prefix("cli_").build())) {
      sink.deliver(
          Events.outbox(List.of(denied, Events.of(EventType.PROGRESS).msg("moved on").build())));
    }

    assertThat(hookbus("query", "--level", "error", "--tool", "Bash"))
        .isEqualTo("2026-01-29T10:00:00Z  error  error  Bash  permission denied\n");
    assertThat(hookbus("query", "--json", "--contains", "denied"))
        .contains("\"event_id\":\"" + denied.eventId() + "\"");
    assertThat(hookbus("query", "--count")).isEqualTo("2\n");
    assertThat(hookbus("search", "permissions", "deny")).contains("permission denied");
    assertThat(hookbus("erase", "--session", Events.SESSION, "--dry-run"))
        .contains("3  would be erased");
    assertThat(hookbus("erase", "--session", Events.SESSION)).contains("3  erased");
    assertThat(hookbus("query")).isEmpty();
  }

  @Test
  void mistakes_areSaidInOneLine() {
    assertThatThrownBy(() -> hookbus("query", "--regex", "a("))
        .hasMessageContaining("exit 2")
        .hasMessageContaining("regex is malformed");
    assertThatThrownBy(() -> hookbus("query", "--from", "yesterday"))
        .hasMessageContaining("exit 2")
        .hasMessageContaining("--from must be a time");
    assertThatThrownBy(() -> hookbus("erase")).hasMessageContaining("exit 2");
  }
}
