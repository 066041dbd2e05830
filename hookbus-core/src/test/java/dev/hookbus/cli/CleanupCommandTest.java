package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupCommandTest extends CliTest {

  @BeforeEach
  void callTenDaysAgoAndNow() {
    TestClock clock = new TestClock();
    clock.advance(Duration.ofDays(-10));
    try (HookBus bus = HookBus.builder().database(database).clock(clock).build()) {
      bus.guard("tracker").build().run(GuardKey.of("tool_track", "toolu_1"), () -> {});
      bus.guard("tracker").build().run(GuardKey.none(), () -> {});
      clock.advance(Duration.ofDays(10));
      bus.guard("tracker").build().run(GuardKey.none(), () -> {});
    }
  }

  @Test
  void flag_setsTheRetention() {
    setProperty("hookbus.retention.days", "9");

    Outcome cleanup = hookbus("cleanup");

    assertThat(cleanup)
        .isEqualTo(
            new Outcome(
                0,
                "Removed 2 log rows older than 9 days, 1 expired key and 3 outdated statistics rows.\n",
                ""));
    assertThat(hookbus("tail").out()).hasLineCount(1);
    assertThat(hookbus("metrics", "720").out()).containsPattern("tracker +3 ");
  }

  @Test
  void option_winsOverTheFlag() {
    setProperty("hookbus.retention.days", "1");

    assertThat(hookbus("cleanup", "--days", "11").out()).startsWith("Removed 0 log rows");
    assertThat(hookbus("cleanup", "--days", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void badFlag_isAWarning() {
    setProperty("hookbus.retention.days", "soon");

    Outcome cleanup = hookbus("cleanup");

    assertThat(cleanup.out()).contains("older than 7 days");
    assertThat(cleanup.err())
        .hasLineCount(1)
        .startsWith("hookbus: warning: HOOKBUS_RETENTION_DAYS takes");
  }
}
