package dev.hookbus.sink.http;

/** The dialect a receiver speaks. */
public enum HttpProfile {
  /** The claude-hooks bridge: one envelope per POST. */
  BRIDGE,
  /** A bridge that takes many envelopes per POST, as a JSON array or as NDJSON. */
  BRIDGE_BATCH,
  /** LeanVibe's {@code /api/v1/observability/hook-events}: one event per POST, in its fields. */
  LEANVIBE,
  /** CloudEvents 1.0, structured mode: one event per POST. */
  CLOUDEVENTS,
  /** CloudEvents 1.0, batched mode. */
  CLOUDEVENTS_BATCH,
  /** OpenTelemetry: log records as OTLP/HTTP JSON. */
  OTLP
}
