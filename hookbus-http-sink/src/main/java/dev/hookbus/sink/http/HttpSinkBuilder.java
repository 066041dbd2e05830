package dev.hookbus.sink.http;

import static java.util.Objects.requireNonNull;

import dev.hookbus.sink.BatchLimits;
import dev.hookbus.sink.Secret;
import dev.hookbus.sink.SinkConfigurationException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects the settings of an HTTP sink. */
final class HttpSinkBuilder implements HttpSink.Builder {
  private final URI endpoint;
  private final TlsSettings tls = new TlsSettings();
  private HttpProfile profile = HttpProfile.BRIDGE;
  private Duration connectTimeout = Duration.ofSeconds(2);
  private Duration requestTimeout = Duration.ofSeconds(5);
  private Duration totalTimeout = Duration.ofSeconds(10);
  private int maxBatchEvents = 500;
  private long maxBatchBytes = 1 << 20;
  private int maxEventBytes = 10 << 20;
  private boolean gzip = true;
  private boolean ndjson;
  private boolean retryRejectedCredentials;
  private boolean otlpRetryAllServerErrors;
  private boolean otlpData;
  private InstantSource clock = InstantSource.system();
  private @Nullable Secret apiKey;
  private @Nullable Secret hmacSecret;
  private @Nullable Path tokenFile;
  private @Nullable String agentId;
  private @Nullable URI proxy;

  HttpSinkBuilder(URI endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
  }

  @Override
  public HttpSink.Builder profile(HttpProfile value) {
    profile = requireNonNull(value, "profile");
    return this;
  }

  @Override
  public HttpSink.Builder apiKey(String key) {
    apiKey = Secret.forHeader("apiKey", key);
    return this;
  }

  @Override
  public HttpSink.Builder bearerTokenFile(Path file) {
    tokenFile = requireNonNull(file, "file");
    return this;
  }

  @Override
  public HttpSink.Builder hmacSecret(String secret) {
    hmacSecret = Secret.forHeader("hmacSecret", secret);
    return this;
  }

  @Override
  public HttpSink.Builder trustedCertificates(Path pem) {
    tls.trusted = requireNonNull(pem, "pem");
    return this;
  }

  @Override
  public HttpSink.Builder clientCertificate(Path chainPem, Path keyPem) {
    tls.clientChain = requireNonNull(chainPem, "chainPem");
    tls.clientKey = requireNonNull(keyPem, "keyPem");
    return this;
  }

  @Override
  public HttpSink.Builder certificatePin(String sha256) {
    tls.pin(sha256);
    return this;
  }

  @Override
  public HttpSink.Builder proxy(URI value) {
    if (!"http".equals(value.getScheme()) || value.getHost() == null || value.getPort() < 0) {
      throw new SinkConfigurationException("proxy", "must be http://host:port");
    }
    if (value.getUserInfo() != null) {
      throw new SinkConfigurationException("proxy", "must not hold credentials");
    }
    proxy = value;
    return this;
  }

  @Override
  public HttpSink.Builder connectTimeout(Duration timeout) {
    connectTimeout = positive("connectTimeout", timeout);
    return this;
  }

  @Override
  public HttpSink.Builder requestTimeout(Duration timeout) {
    requestTimeout = positive("requestTimeout", timeout);
    return this;
  }

  @Override
  public HttpSink.Builder totalTimeout(Duration timeout) {
    totalTimeout = positive("totalTimeout", timeout);
    return this;
  }

  @Override
  public HttpSink.Builder maxBatchEvents(int events) {
    maxBatchEvents = (int) positive("maxBatchEvents", events);
    return this;
  }

  @Override
  public HttpSink.Builder maxBatchBytes(long bytes) {
    maxBatchBytes = positive("maxBatchBytes", bytes);
    return this;
  }

  @Override
  public HttpSink.Builder maxEventBytes(int bytes) {
    maxEventBytes = (int) positive("maxEventBytes", bytes);
    return this;
  }

  @Override
  public HttpSink.Builder gzip(boolean compress) {
    gzip = compress;
    return this;
  }

  @Override
  public HttpSink.Builder ndjson(boolean lines) {
    ndjson = lines;
    return this;
  }

  @Override
  public HttpSink.Builder retryRejectedCredentials(boolean retry) {
    retryRejectedCredentials = retry;
    return this;
  }

  @Override
  public HttpSink.Builder otlpRetryAllServerErrors(boolean retry) {
    otlpRetryAllServerErrors = retry;
    return this;
  }

  @Override
  public HttpSink.Builder otlpData(boolean send) {
    otlpData = send;
    return this;
  }

  @Override
  public HttpSink.Builder leanVibeAgentId(String uuid) {
    try {
      agentId = UUID.fromString(uuid).toString();
    } catch (IllegalArgumentException e) {
      throw new SinkConfigurationException("leanVibeAgentId", "must be a UUID");
    }
    return this;
  }

  @Override
  public HttpSink.Builder clock(InstantSource source) {
    clock = requireNonNull(source, "source");
    return this;
  }

  @Override
  public HttpSink build() {
    return new DefaultHttpSink(
        new HttpSettings(
            checkedEndpoint("endpoint", endpoint),
            profile,
            encoder(),
            StatusRules.of(profile, retryRejectedCredentials, otlpRetryAllServerErrors),
            new HttpSettings.Timeouts(connectTimeout, requestTimeout, totalTimeout),
            new BatchLimits(maxBatchEvents, maxBatchBytes),
            maxEventBytes,
            gzip,
            new HttpSettings.Credentials(apiKey, hmacSecret, tokenFile),
            tls.context(),
            proxySelector(),
            clock));
  }

  /** The address, if it can be posted to and holds no credentials. */
  static URI checkedEndpoint(String setting, URI address) {
    String scheme = address.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
      throw new SinkConfigurationException(setting, "must be an http or https address");
    }
    if (address.getUserInfo() != null) {
      throw new SinkConfigurationException(setting, "must not hold credentials");
    }
    return address;
  }

  private Encoder encoder() {
    return switch (profile) {
      case BRIDGE -> new BridgeEncoder();
      case BRIDGE_BATCH -> new BridgeBatchEncoder(ndjson);
      case LEANVIBE -> new LeanVibeEncoder(agentId);
      case CLOUDEVENTS -> new CloudEventsEncoder(false);
      case CLOUDEVENTS_BATCH -> new CloudEventsEncoder(true);
      case OTLP -> new OtlpEncoder(otlpData);
    };
  }

  private ProxySelector proxySelector() {
    return proxy == null
        ? HttpClient.Builder.NO_PROXY
        : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort()));
  }

  private static Duration positive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new SinkConfigurationException(setting, "must be positive");
    }
    return value;
  }

  private static long positive(String setting, long value) {
    if (value < 1) {
      throw new SinkConfigurationException(setting, "must be positive");
    }
    return value;
  }
}
