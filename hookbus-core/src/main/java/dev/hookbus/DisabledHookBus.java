package dev.hookbus;

import dev.hookbus.metrics.ExecutionListener;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.Telemetry;
import dev.hookbus.safety.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The bus that is off. It loads no class of the store, the payloads or the metrics. */
final class DisabledHookBus implements HookBus {

  static final HookBus INSTANCE = new DisabledHookBus();

  private DisabledHookBus() {}

  @Override
  public boolean isEnabled() {
    return false;
  }

  @Override
  public Guard.Builder guard(String hook) {
    return new GuardSettings.Builder(hook, settings -> BareGuard.INSTANCE);
  }

  @Override
  public <T> T guarded(Class<T> type, T target) {
    return GuardedProxy.create(this, type, target);
  }

  @Override
  public List<HookStats> stats(Duration window) {
    return List.of();
  }

  @Override
  public Telemetry telemetry() {
    return SilentTelemetry.INSTANCE;
  }

  @Override
  public boolean flush(Duration patience) {
    return true;
  }

  @Override
  public void close() {
    // Nothing was opened.
  }

  private enum SilentTelemetry implements Telemetry {
    INSTANCE;

    @Override
    public void subscribe(ExecutionListener listener) {
      // Nothing will happen that it could be told.
    }

    @Override
    public Map<Problem, Long> problems() {
      return Map.of();
    }
  }
}
