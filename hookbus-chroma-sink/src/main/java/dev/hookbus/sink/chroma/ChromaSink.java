package dev.hookbus.sink.chroma;

import dev.hookbus.sink.Sink;

/**
 * Delivers events to a Chroma server, partitioned into {@link ChromaCollection}s. A repeat changes
 * nothing: IDs follow from the event, and what is written once is only ever added. Nothing is
 * connected, and no HTTP class is loaded, before the first delivery.
 *
 * <pre>{@code
 * ChromaConfig config = ChromaConfig.at(URI.create("http://localhost:8000")).build();
 * try (Sink sink = ChromaSink.to(config)) {
 *   DeliveryReport report = sink.deliver(batch);
 * }
 * }</pre>
 */
public interface ChromaSink extends Sink {

  /** A sink that delivers to that server. */
  static ChromaSink to(ChromaConfig config) {
    return new DefaultChromaSink(config);
  }
}
