package dev.hookbus.sink.http;

import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.Secret;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a builder collected, fixed. */
record HttpSettings(
    URI endpoint,
    HttpProfile profile,
    Encoder encoder,
    StatusRules rules,
    Timeouts timeouts,
    BatchLimits limits,
    int maxEventBytes,
    boolean gzip,
    Credentials credentials,
    @Nullable SSLContext tls,
    ProxySelector proxy,
    InstantSource clock) {

  /**
   * How long things may take.
   *
   * @param connect until connected
   * @param request until the answer begins
   * @param total until the answer is complete
   */
  record Timeouts(Duration connect, Duration request, Duration total) {}

  /** What the receiver knows us by; all of it optional. */
  record Credentials(
      @Nullable Secret apiKey, @Nullable Secret hmacSecret, @Nullable Path tokenFile) {}
}
