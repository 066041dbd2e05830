package dev.hookbus.sink.http;

import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkSettings;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The proxy the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}. */
final class ProxyFlags {
  private ProxyFlags() {}

  /** Sets the proxy for that address, if there is one. */
  static void apply(URI endpoint, SinkSettings settings, HttpSink.Builder sink) {
    URI proxy = proxyFor(endpoint, settings);
    if (proxy != null) {
      try {
        sink.proxy(proxy);
      } catch (SinkConfigurationException e) {
        throw e.named(flag(endpoint));
      }
    }
  }

  private static String flag(URI endpoint) {
    return "https".equals(endpoint.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
  }

  /** The proxy for that address; null where it is reached directly. */
  static @Nullable URI proxyFor(URI endpoint, SinkSettings settings) {
    String host = endpoint.getHost();
    if (host == null || isLocal(host) || isExempt(host, either(settings, "NO_PROXY"))) {
      return null;
    }
    String flag = flag(endpoint);
    String value = either(settings, flag);
    if (value == null) {
      return null;
    }
    try {
      return URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      throw new SinkConfigurationException(flag, "must be http://host:port");
    }
  }

  private static @Nullable String either(SinkSettings settings, String flag) {
    String upper = settings.text(flag);
    return upper == null ? settings.text(flag.toLowerCase(Locale.ROOT)) : upper;
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** Entries are host names, with or without a leading dot, that also cover their subdomains. */
  private static boolean isExempt(String host, @Nullable String noProxy) {
    if (noProxy == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    for (String entry : noProxy.split(",", -1)) {
      String domain = entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      if (domain.equals("*")
          || (!domain.isEmpty() && (name.equals(domain) || name.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }
}
