package dev.hookbus.sink.chroma;

import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkProvider;
import dev.hookbus.sink.SinkSettings;

/** The sink {@code chroma}; its flags stand in {@code docs/chroma-sink.md}. */
public final class ChromaSinkProvider implements SinkProvider {
  static final String NAME = "chroma";

  /** For {@link java.util.ServiceLoader}. */
  public ChromaSinkProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Sink create(SinkSettings settings) {
    return ChromaSink.to(ChromaConfig.of(settings));
  }
}
