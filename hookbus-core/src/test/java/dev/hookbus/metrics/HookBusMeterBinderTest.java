package dev.hookbus.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookbus.Guard;
import dev.hookbus.GuardKey;
import dev.hookbus.HookBus;
import dev.hookbus.Invocation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookBusMeterBinderTest {

  @TempDir Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void guardedCalls_appearAsTimersAndCounters() {
    try (HookBus bus = HookBus.builder().database(directory.resolve("hooks.db")).build()) {
      new HookBusMeterBinder(bus.telemetry()).bindTo(registry);
      Guard guard = bus.guard("tracker").event("PostToolUse").build();

      Guard call = guard.with(Invocation.unknown().withPayload("{\"a\":1}"));
      call.run(GuardKey.of("k", 1), () -> {});
      call.run(GuardKey.of("k", 1), () -> {});
      guard.callSafely(
          GuardKey.none(),
          () -> {
            throw new IllegalStateException("broken");
          });
    }

    assertThat(
            registry
                .get("hookbus.execution")
                .tags("hook", "tracker", "event", "PostToolUse", "status", "success")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("hookbus.execution").tags("status", "error").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("hookbus.dedupe.hits").counter().count()).isEqualTo(1);
    assertThat(registry.get("hookbus.overhead").timer().count()).isEqualTo(3);
    assertThat(registry.get("hookbus.payload").summary().totalAmount()).isEqualTo(14);
  }

  @Test
  void problems_areCountedByReason() {
    HookBus bus = HookBus.builder().database(directory.resolve("hooks.db")).build();
    new HookBusMeterBinder(bus.telemetry()).bindTo(registry);
    bus.close();

    bus.guard("tracker").build().run(GuardKey.of("k", 1), () -> {});

    assertThat(
            registry
                .get("hookbus.problems")
                .tag("reason", "store_unavailable")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void namesWithoutEnd_becomeOneTag() {
    try (HookBus bus = HookBus.builder().database(directory.resolve("hooks.db")).build()) {
      new HookBusMeterBinder(bus.telemetry()).bindTo(registry);
      for (int i = 0; i < 150; i++) {
        bus.guard("hook-" + i).build().run(GuardKey.none(), () -> {});
      }
    }

    assertThat(registry.find("hookbus.execution").timers()).hasSize(101);
    assertThat(registry.get("hookbus.execution").tag("hook", "other").timer().count())
        .isEqualTo(50);
  }
}
