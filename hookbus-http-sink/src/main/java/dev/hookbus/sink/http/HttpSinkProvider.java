package dev.hookbus.sink.http;

import dev.hookbus.sink.Sink;
import dev.hookbus.sink.SinkConfigurationException;
import dev.hookbus.sink.SinkProvider;
import dev.hookbus.sink.SinkSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sink {@code http}; its flags stand in {@code docs/http-sink.md}. */
public final class HttpSinkProvider implements SinkProvider {
  static final String NAME = "http";

  /** The flag behind each setting that the builder may refuse. */
  private static final Map<String, String> FLAGS =
      Map.of(
          "apiKey", "ZO_API_KEY",
          "hmacSecret", "HOOKBUS_HTTP_HMAC_SECRET",
          "trustedCertificates", "HOOKBUS_HTTP_CA_FILE",
          "clientCertificate", "HOOKBUS_HTTP_CLIENT_CERT",
          "clientKey", "HOOKBUS_HTTP_CLIENT_KEY",
          "certificatePin", "BRIDGE_CERT_SHA256",
          "leanVibeAgentId", "LEANVIBE_AGENT_ID");

  private static final String ENDPOINT = "ZO_EVENT_ENDPOINT";
  private static final String LEANVIBE_BASE = "LEANVIBE_HOOK_API_URL";
  private static final String LEANVIBE_PATH = "/api/v1/observability/hook-events";

  /** For {@link java.util.ServiceLoader}. */
  public HttpSinkProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Sink create(SinkSettings settings) {
    try {
      return build(settings);
    } catch (SinkConfigurationException e) {
      String flag = FLAGS.get(e.setting());
      throw flag == null ? e : e.named(flag);
    }
  }

  private static Sink build(SinkSettings settings) {
    HttpProfile profile = settings.choice("HOOKBUS_HTTP_PROFILE", HttpProfile.BRIDGE);
    URI endpoint = endpoint(profile, settings);
    HttpSink.Builder sink =
        HttpSink.to(endpoint)
            .profile(profile)
            .connectTimeout(
                settings.millis("HOOKBUS_HTTP_CONNECT_TIMEOUT_MS", Duration.ofSeconds(2)))
            .requestTimeout(
                settings.millis("HOOKBUS_HTTP_REQUEST_TIMEOUT_MS", Duration.ofSeconds(5)))
            .totalTimeout(settings.millis("HOOKBUS_HTTP_TOTAL_TIMEOUT_MS", Duration.ofSeconds(10)))
            .maxBatchEvents((int) settings.number("HOOKBUS_HTTP_BATCH_EVENTS", 500, 1, 10_000))
            .maxBatchBytes(settings.number("HOOKBUS_HTTP_BATCH_BYTES", 1 << 20, 1024, 64L << 20))
            .maxEventBytes(
                (int) settings.number("HOOKBUS_HTTP_MAX_EVENT_BYTES", 10 << 20, 1024, 64L << 20))
            .gzip(settings.on("HOOKBUS_HTTP_GZIP", true))
            .ndjson(settings.on("HOOKBUS_HTTP_NDJSON", false))
            .retryRejectedCredentials(settings.on("HOOKBUS_HTTP_RETRY_AUTH", false))
            .otlpRetryAllServerErrors(settings.on("HOOKBUS_OTLP_RETRY_ERRORS", false))
            .otlpData(settings.on("HOOKBUS_OTLP_DATA", false));
    credentials(sink, settings);
    tls(sink, settings);
    ProxyFlags.apply(endpoint, settings, sink);
    String agentId = settings.text("LEANVIBE_AGENT_ID");
    if (agentId != null) {
      sink.leanVibeAgentId(agentId);
    }
    return sink.build();
  }

  private static URI endpoint(HttpProfile profile, SinkSettings settings) {
    if (settings.emptied(ENDPOINT)) {
      throw new SinkConfigurationException(ENDPOINT, "is empty, which switches this sink off");
    }
    String base = settings.text(LEANVIBE_BASE);
    if (profile == HttpProfile.LEANVIBE && settings.text(ENDPOINT) == null) {
      String root = base == null ? "http://localhost:8000" : base.replaceFirst("/+$", "");
      return uri(LEANVIBE_BASE, root + LEANVIBE_PATH);
    }
    String absent =
        profile == HttpProfile.OTLP
            ? "http://localhost:4318/v1/logs"
            : "http://localhost:9000/ingest";
    return uri(ENDPOINT, settings.text(ENDPOINT, absent));
  }

  private static URI uri(String flag, String text) {
    try {
      return HttpSinkBuilder.checkedEndpoint(flag, URI.create(text));
    } catch (IllegalArgumentException e) {
      throw new SinkConfigurationException(flag, "must be an http or https address");
    }
  }

  private static void credentials(HttpSink.Builder sink, SinkSettings settings) {
    String apiKey = settings.text("ZO_API_KEY");
    if (apiKey != null) {
      sink.apiKey(apiKey);
    }
    String secret = settings.text("HOOKBUS_HTTP_HMAC_SECRET");
    if (secret != null) {
      sink.hmacSecret(secret);
    }
    Path token = settings.path("HOOKBUS_HTTP_BEARER_FILE");
    if (token != null) {
      sink.bearerTokenFile(token);
    }
  }

  private static void tls(HttpSink.Builder sink, SinkSettings settings) {
    Path trusted = settings.path("HOOKBUS_HTTP_CA_FILE");
    if (trusted != null) {
      sink.trustedCertificates(trusted);
    }
    @Nullable Path certificate = settings.path("HOOKBUS_HTTP_CLIENT_CERT");
    @Nullable Path key = settings.path("HOOKBUS_HTTP_CLIENT_KEY");
    if (certificate != null && key != null) {
      sink.clientCertificate(certificate, key);
    } else if (certificate != null || key != null) {
      throw new SinkConfigurationException(
          "HOOKBUS_HTTP_CLIENT_CERT", "and HOOKBUS_HTTP_CLIENT_KEY must be set together");
    }
    String pin = settings.text("BRIDGE_CERT_SHA256");
    if (pin != null) {
      sink.certificatePin(pin);
    }
  }
}
