package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.config.Flag;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class StatusCommandTest extends CliTest {

  @Test
  void switchedOff_saysHowToSwitchItOn() {
    setProperty("hookbus.enabled", "0");

    Outcome status = hookbus("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("off; HOOKBUS_ENABLED=1 switches it on");
  }

  @Test
  void databaseNotMadeYet_isNoErrorAndStaysUnmade() {
    Outcome status = hookbus("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains(database.toString(), "not made yet");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void usedDatabase_showsItsSizeAndContent() {
    setProperty("hookbus.enabled", "1");
    try (HookBus bus = openBus()) {
      bus.guard("tracker").build().run(GuardKey.of("tool_track", "toolu_1"), () -> {});
      bus.guard("tracker").build().run(GuardKey.none(), () -> {});
    }

    Outcome status = hookbus("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out())
        .containsPattern("HookBus +on\n")
        .contains("usable; SQLite 3.", "schema 5", " kB, 2 log rows, 1 key\n");
  }

  @Test
  void killSwitchFile_isNamed() throws IOException {
    setProperty("hookbus.enabled", "1");
    Files.createFile(directory.resolve("OFF"));

    assertThat(hookbus("status").out()).contains("off; remove " + directory.resolve("OFF"));
  }

  @Test
  void everyFlag_isListedWithItsSource() {
    setProperty("hookbus.max.bytes", "5000");
    setProperty("hookbus.pool.size", "many");
    setProperty("zo.redaction.mode", "lenient");

    String out = hookbus("status").out();

    for (Flag flag : Flag.values()) {
      assertThat(out).contains("\n" + flag.name() + " ");
    }
    assertThat(out)
        .containsPattern("HOOKBUS_DB +\\S+ +--db\n")
        .containsPattern("HOOKBUS_MAX_BYTES +5000 +system property\n")
        .containsPattern("HOOKBUS_REDACTION +lenient +ZO_REDACTION_MODE\n")
        .containsPattern("ZO_REDACTION_MODE +set +system property\n")
        .containsPattern("HOOKBUS_POOL_SIZE +1 +default, see below\n")
        .contains("Flags that can't be used:\n  HOOKBUS_POOL_SIZE takes a whole number");
  }

  @Test
  void unusableDatabase_isAnErrorBesideTheFlags() throws IOException {
    Files.writeString(database, "not a database at all");

    Outcome status = hookbus("status");

    assertThat(status.exitCode()).isEqualTo(4);
    assertThat(status.out()).contains("unusable; " + database, "HOOKBUS_ENABLED");
  }
}
