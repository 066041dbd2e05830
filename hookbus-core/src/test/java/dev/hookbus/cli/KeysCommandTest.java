package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysCommandTest extends CliTest {

  private static final GuardKey KEY = GuardKey.of("tool_track", "toolu_1");
  private static final String HEX = KEY.toString().substring("tool_track:".length());

  @BeforeEach
  void takeTwoKeys() {
    runOnce(KEY);
    runOnce(GuardKey.of("notify", "session-1"));
  }

  private boolean runOnce(GuardKey key) {
    try (HookBus bus = openBus()) {
      return bus.guard("tracker").build().run(key, () -> {}).executed();
    }
  }

  @Test
  void list_showsTakenKeysLatestFirst() {
    Outcome list = hookbus("keys", "list");

    assertThat(list.exitCode()).isZero();
    assertThat(list.out().lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("key ").contains("free in"),
            line -> assertThat(line).contains("notify", "done", "59 min"),
            line -> assertThat(line).startsWith(HEX).contains("tool_track"));
  }

  @Test
  void list_canBeLimited() {
    assertThat(hookbus("keys", "list", "-n", "1").out()).hasLineCount(2);
    assertThat(hookbus("keys", "list", "--category", "notify").out())
        .hasLineCount(2)
        .contains("notify");
    assertThat(hookbus("keys", "list", "--category", "none").out()).isEqualTo("No key is taken.\n");
  }

  @Test
  void listAsJson_isAnObjectPerLine() throws IOException {
    Outcome list = hookbus("keys", "list", "--json", "--category", "tool_track");

    JsonNode key = new ObjectMapper().readTree(list.out());
    assertThat(key.get("key").asText()).isEqualTo(HEX);
    assertThat(key.get("completed").asBoolean()).isTrue();
    assertThat(key.get("fence").asInt()).isEqualTo(1);
  }

  @Test
  void release_letsTheWorkRunAgain() {
    assertThat(runOnce(KEY)).isFalse();

    Outcome release = hookbus("keys", "release", HEX, "--yes");

    assertThat(release).isEqualTo(new Outcome(0, "Released " + HEX + ".\n", ""));
    assertThat(runOnce(KEY)).isTrue();
  }

  @Test
  void releaseWithCategory_takesTheKeyAsGuardsPrintIt() {
    assertThat(hookbus("keys", "release", KEY.toString(), "--yes").exitCode()).isZero();
  }

  @Test
  void releaseWithoutYes_changesNothing() {
    Outcome release = hookbus("keys", "release", HEX);

    assertThat(release.exitCode()).isEqualTo(1);
    assertThat(release.err()).contains("--yes");
    assertThat(runOnce(KEY)).isFalse();
  }

  @Test
  void releaseOfAFreeKey_fails() {
    hookbus("keys", "release", HEX, "--yes");

    Outcome again = hookbus("keys", "release", HEX, "--yes");

    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).hasLineCount(1).contains("there is no key " + HEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "0011", "tool_track:", "zz112233445566778899aabbccddeeff"})
  void garbageKey_isAUsageError(String key) {
    Outcome release = hookbus("keys", "release", key, "--yes");

    assertThat(release.exitCode()).isEqualTo(2);
    assertThat(release.err()).contains("takes a key's 32 hex characters");
  }
}
