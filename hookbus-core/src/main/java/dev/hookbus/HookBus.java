package dev.hookbus;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.config.HookBusConfig;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.Telemetry;
import dev.hookbus.safety.Problems;
import dev.hookbus.sink.FlushReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    HookBusConfig config = HookBusConfig.fromEnvironment(new HookBusBuilder.BadFlags(problems));
    return new HookBusBuilder(config, problems).buildLeniently();
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
   * Makes events of a session that no guard makes by itself: its start and end, workers, artifacts,
   * decisions. Texts are redacted and cut.
   *
   * <pre>{@code
   * static void tell(HookBus bus, String sessionId) {
   *   bus.emit(bus.events(sessionId).decision("use SQLite", "one file, no server"));
   * }
   * }</pre>
   *
   * @param sessionId the host's session, or {@code null} for the environment's
   */
  EventFactory events(@Nullable String sessionId);

  /**
   * Puts an event into the outbox, from where it reaches every sink.
   *
   * @return whether it is safe there; {@code false} without sinks, or if the store is unavailable
   */
  @CanIgnoreReturnValue
  boolean emit(Event event);

  /**
   * Commits what is queued and delivers what is in the outbox, for as long as the time allows.
   *
   * @return what arrived, what became a dead letter, and what is left, uncommitted records included
   */
  @CanIgnoreReturnValue
  FlushReport flush(Duration patience);

  /**
   * Commits what is queued and closes the store; takes a few seconds at most. Undelivered events
   * stay in the outbox, and somebody else delivers them.
   */
  @Override
  void close();
}
