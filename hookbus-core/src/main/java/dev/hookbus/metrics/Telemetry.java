package dev.hookbus.metrics;

import dev.hookbus.safety.Problem;
import java.util.List;
import java.util.Map;

/** What a bus reports about its own process. */
public interface Telemetry {

  /** Calls {@code listener} after every guarded call from now on. */
  void subscribe(ExecutionListener listener);

  /** How the sinks are doing, those other processes deliver to included; empty without sinks. */
  List<SinkGauge> sinks();

  /** Internal problems so far, by kind; kinds that never came up are absent. */
  Map<Problem, Long> problems();
}
