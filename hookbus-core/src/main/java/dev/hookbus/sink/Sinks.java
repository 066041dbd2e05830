package dev.hookbus.sink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Makes sinks by their providers' names, as {@code HOOKBUS_SINKS} lists them. */
public final class Sinks {
  private static final String FLAG = "HOOKBUS_SINKS";

  private Sinks() {}

  /**
   * The sinks of these names, in this order; the caller closes them. Where one cannot be made those
   * made before it are closed again.
   *
   * <pre>{@code
   * List<Sink> sinks = Sinks.named(List.of("jsonl"), SinkSettings.of(System::getenv));
   * }</pre>
   *
   * @throws SinkConfigurationException where no provider has a name, a provider cannot be loaded,
   *     or a setting is wrong
   */
  public static List<Sink> named(Collection<String> names, SinkSettings settings) {
    List<Sink> sinks = new ArrayList<>();
    boolean complete = false;
    try {
      Map<String, SinkProvider> providers = providers();
      for (String name : names) {
        SinkProvider provider = providers.get(name);
        if (provider == null) {
          throw new SinkConfigurationException(
              FLAG,
              "names a sink that is not on the class path; there are "
                  + String.join(", ", providers.keySet()));
        }
        sinks.add(provider.create(settings));
      }
      complete = true;
      return sinks;
    } catch (ServiceConfigurationError e) {
      throw new SinkConfigurationException(FLAG, "needs a provider that cannot be loaded", e);
    } finally {
      if (!complete) {
        sinks.forEach(Sink::close);
      }
    }
  }

  private static Map<String, SinkProvider> providers() {
    Map<String, SinkProvider> providers = new TreeMap<>();
    ServiceLoader.load(SinkProvider.class, Sinks.class.getClassLoader())
        .forEach(provider -> providers.put(provider.name(), provider));
    return providers;
  }
}
