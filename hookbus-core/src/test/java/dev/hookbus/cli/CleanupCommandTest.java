package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupCommandTest extends CliTest {

  // Open until the test is over: a bus that closes may clean up a little itself.
  private HookBus bus;

  @BeforeEach
  void callTenDaysAgoAndNow() {
    TestClock clock = new TestClock();
    clock.advance(Duration.ofDays(-10));
    bus = HookBus.builder().database(database).clock(clock).build();
    Guard tracker = bus.guard("tracker").build();
    tracker.run(GuardKey.of("tool_track", "toolu_1"), () -> {});
    tracker.run(GuardKey.none(), () -> {});
    clock.advance(Duration.ofDays(10));
    tracker.run(GuardKey.none(), () -> {});
  }

  @AfterEach
  void closeBus() {
    bus.close();
  }

  @Test
  void flag_setsTheRetention() {
    setProperty("hookbus.retention.days", "9");

    Outcome cleanup = hookbus("cleanup");

    assertThat(cleanup.exitCode()).isZero();
    assertThat(cleanup.out())
        .startsWith("Removed 2 log rows older than 9 days, 1 expired key and ")
        .hasLineCount(1);
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
