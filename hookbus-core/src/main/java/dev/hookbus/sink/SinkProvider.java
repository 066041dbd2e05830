package dev.hookbus.sink;

/**
 * Makes a kind of sink, found by {@link java.util.ServiceLoader}. Implementations are public, have
 * a public constructor without parameters, and load nothing until {@link #create} is called.
 */
public interface SinkProvider {

  /** The name by which {@code HOOKBUS_SINKS} chooses it, such as {@code jsonl}. */
  String name();

  /**
   * A sink with these settings.
   *
   * @throws SinkConfigurationException where a setting is missing or wrong
   */
  Sink create(SinkSettings settings);
}
