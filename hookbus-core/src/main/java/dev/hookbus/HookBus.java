package dev.hookbus;

import dev.hookbus.config.HookBusConfig;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.Telemetry;
import dev.hookbus.safety.Problem;
import dev.hookbus.safety.Problems;
import java.time.Duration;
import java.util.List;

/**
 * Where guards come from. One per process; thread-safe.
 *
 * <pre>{@code
 * try (HookBus bus = HookBus.fromEnvironment()) {
 *   Guard guard = bus.guard("notify").event("Stop").build();
 *   guard.run(GuardKey.of("notify", "session-1"), () -> System.err.println("done"));
 * }
 * }</pre>
 */
public interface HookBus extends AutoCloseable {

  /**
   * The bus the environment asks for. Off unless {@code HOOKBUS_ENABLED} is set; a flag that can't
   * be used is logged and keeps its safe default, so that no typing error stops anybody's tools.
   */
  static HookBus fromEnvironment() {
    Problems problems = new Problems();
    HookBusConfig config =
        HookBusConfig.fromEnvironment(flag -> problems.report(Problem.BAD_FLAG, flag));
    return new HookBusBuilder(config, problems).build();
  }

  /** A bus that is on, made without looking at the environment. */
  static HookBusBuilder builder() {
    return new HookBusBuilder();
  }

  /** A bus that does nothing: bodies run bare, nothing is opened or recorded. */
  static HookBus disabled() {
    return DisabledHookBus.INSTANCE;
  }

  /** Whether calls are guarded at this moment: switched on, and not stopped by the kill switch. */
  boolean isEnabled();

  /**
   * Starts a guard.
   *
   * @param hook the hook's name, by which it is listed and counted; best a constant
   */
  Guard.Builder guard(String hook);

  /**
   * Wraps {@code target} so that its {@link dev.hookbus.annotation.Guarded} methods are guarded.
   *
   * @param type an interface that {@code target} implements
   * @throws dev.hookbus.config.HookBusConfigException if {@code type} is no interface, nothing is
   *     annotated, or an annotation can't work; the message says what to do
   */
  <T> T guarded(Class<T> type, T target);

  /**
   * What every hook of every process did in the time up to now, most calls first; empty if the
   * store can't be read.
   */
  List<HookStats> stats(Duration window);

  /** This process's own events and counters, for metrics. */
  Telemetry telemetry();

  /**
   * Waits until everything recorded so far is committed.
   *
   * @return whether it is; {@code false} if the time was too short
   */
  boolean flush(Duration patience);

  /** Commits what is queued and closes the store; takes a few seconds at most. */
  @Override
  void close();
}
