package dev.hookbus.metrics;

/**
 * Told about every guarded call after it was recorded, on the thread that made the call. An
 * exception is counted and kept from the caller.
 */
@FunctionalInterface
public interface ExecutionListener {

  /** A call ended or was skipped. */
  void onExecution(ExecutionSample sample);
}
