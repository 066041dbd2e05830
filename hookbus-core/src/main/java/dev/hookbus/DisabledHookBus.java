package dev.hookbus;

import dev.hookbus.correlation.RunId;
import dev.hookbus.event.Event;
import dev.hookbus.event.EventFactory;
import dev.hookbus.event.EventSource;
import dev.hookbus.metrics.ExecutionListener;
import dev.hookbus.metrics.HookStats;
import dev.hookbus.metrics.SinkGauge;
import dev.hookbus.metrics.Telemetry;
import dev.hookbus.safety.Problem;
import dev.hookbus.sink.FlushReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  public EventFactory events(@Nullable String sessionId) {
    String session = sessionId == null ? "unknown" : sessionId;
    return EventFactory.of(
        session,
        RunId.resolve(null, null, session).toString(),
        new EventSource(EventSource.UNKNOWN_HOST, false, "", "unknown"));
  }

  @Override
  public boolean emit(Event event) {
    return false;
  }

  @Override
  public FlushReport flush(Duration patience) {
    return new FlushReport(0, 0, 0, 0);
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
    public List<SinkGauge> sinks() {
      return List.of();
    }

    @Override
    public Map<Problem, Long> problems() {
      return Map.of();
    }
  }
}
