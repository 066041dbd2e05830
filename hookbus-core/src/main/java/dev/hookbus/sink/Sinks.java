package dev.hookbus.sink;

import dev.hookbus.safety.Attempt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    return named(
        names,
        settings,
        refused -> {
          throw refused;
        });
  }

  /**
   * As {@link #named(Collection, SinkSettings)}, but a sink that cannot be made holds up no other.
   *
   * @param onRefused told of each that cannot be made; what it throws goes on
   */
  public static List<Sink> named(
      Collection<String> names,
      SinkSettings settings,
      Consumer<SinkConfigurationException> onRefused) {
    Providers providers = Providers.find();
    List<Sink> sinks = new ArrayList<>();
    boolean complete = false;
    try {
      for (String name : names) {
        try {
          sinks.add(create(providers.named(name), settings));
        } catch (SinkConfigurationException e) {
          onRefused.accept(e);
        }
      }
      complete = true;
      return sinks;
    } finally {
      if (!complete) {
        sinks.forEach(Sink::close);
      }
    }
  }

  private static Sink create(SinkProvider provider, SinkSettings settings) {
    Attempt<Sink> made = Attempt.shield(() -> provider.create(settings));
    Throwable error = made.error();
    if (error == null) {
      return made.value();
    }
    throw error instanceof SinkConfigurationException refused
        ? refused
        : new SinkConfigurationException(
            FLAG, "names " + provider.name() + ", whose provider failed", error);
  }

  /** Every provider on the class path, and why one of them is not among them. */
  private record Providers(
      Map<String, SinkProvider> byName, @Nullable ServiceConfigurationError broken) {

    /** A class path with more broken providers than that is not searched to its end. */
    private static final int MOST_BROKEN = 16;

    static Providers find() {
      Map<String, SinkProvider> byName = new TreeMap<>();
      ServiceConfigurationError broken = null;
      Iterator<SinkProvider> found =
          ServiceLoader.load(SinkProvider.class, Sinks.class.getClassLoader()).iterator();
      int left = MOST_BROKEN;
      while (left > 0) {
        try {
          if (!found.hasNext()) {
            break;
          }
          SinkProvider provider = found.next();
          byName.put(provider.name(), provider);
        } catch (ServiceConfigurationError e) {
          broken = e;
          left--;
        }
      }
      return new Providers(byName, broken);
    }

    SinkProvider named(String name) {
      SinkProvider provider = byName.get(name);
      if (provider != null) {
        return provider;
      }
      throw broken == null
          ? new SinkConfigurationException(
              FLAG,
              "names a sink that is not on the class path; there are "
                  + String.join(", ", byName.keySet()))
          : new SinkConfigurationException(FLAG, "needs a provider that cannot be loaded", broken);
    }
  }
}
