package dev.hookbus.sink;

import java.nio.file.Path;

/**
 * The sink {@code jsonl}. Its flags: {@code ZO_EVENT_LOG_DIR} (default {@code
 * ~/.zo/claude-events}), {@code HOOKBUS_JSONL_MAX_FILE_BYTES}, {@code
 * HOOKBUS_JSONL_MAX_TOTAL_BYTES}, {@code HOOKBUS_JSONL_RETENTION_DAYS}, {@code HOOKBUS_JSONL_GZIP},
 * {@code HOOKBUS_JSONL_FSYNC}.
 */
public final class JsonlSinkProvider implements SinkProvider {
  static final String NAME = "jsonl";

  /** For {@link java.util.ServiceLoader}. */
  public JsonlSinkProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Sink create(SinkSettings settings) {
    Path directory = settings.path("ZO_EVENT_LOG_DIR");
    return JsonlSink.in(
            directory == null ? settings.home().resolve(".zo").resolve("claude-events") : directory)
        .maxFileBytes(
            settings.number("HOOKBUS_JSONL_MAX_FILE_BYTES", 64L << 20, 1 << 20, Long.MAX_VALUE))
        .maxTotalBytes(
            settings.number("HOOKBUS_JSONL_MAX_TOTAL_BYTES", 1L << 30, 1 << 20, Long.MAX_VALUE))
        .retentionDays((int) settings.number("HOOKBUS_JSONL_RETENTION_DAYS", 30, 0, 36_500))
        .gzip(settings.on("HOOKBUS_JSONL_GZIP", false))
        .fsync(settings.on("HOOKBUS_JSONL_FSYNC", false))
        .build();
  }
}
