package dev.hookbus.sink.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.hookbus.sink.Sink;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Delivers events over HTTP/1.1. Connections are kept alive; nothing is connected, and no HTTP
 * class is loaded, before the first delivery. Redirects are not followed. Credentials appear in no
 * log, no error and no {@code toString}.
 *
 * <pre>{@code
 * try (Sink sink =
 *     HttpSink.to(URI.create("https://bridge.example/ingest"))
 *         .profile(HttpProfile.BRIDGE)
 *         .apiKey(System.getenv("ZO_API_KEY"))
 *         .build()) {
 *   DeliveryReport report = sink.deliver(batch);
 * }
 * }</pre>
 */
public interface HttpSink extends Sink {

  /** A builder for a sink that posts to that address, {@code http} or {@code https}. */
  static Builder to(URI endpoint) {
    return new HttpSinkBuilder(endpoint);
  }

  /**
   * Settings of an HTTP sink. Not thread-safe. Nulls are refused; texts must be printable ASCII
   * where they become a header.
   */
  interface Builder {

    /** The receiver's dialect; {@link HttpProfile#BRIDGE} by default. */
    @CanIgnoreReturnValue
    Builder profile(HttpProfile profile);

    /** Sent as {@code X-API-Key}. */
    @CanIgnoreReturnValue
    Builder apiKey(String key);

    /** A file whose text is sent as bearer token; read again whenever it changes. */
    @CanIgnoreReturnValue
    Builder bearerTokenFile(Path file);

    /**
     * Signs requests: {@code X-Signature} is the hex HMAC-SHA256 of {@code timestamp.body}, {@code
     * X-Timestamp} the time in seconds since 1970.
     */
    @CanIgnoreReturnValue
    Builder hmacSecret(String secret);

    /** PEM certificates to trust instead of the platform's. */
    @CanIgnoreReturnValue
    Builder trustedCertificates(Path pem);

    /** The client's certificate chain and its unencrypted PKCS#8 key, both as PEM. */
    @CanIgnoreReturnValue
    Builder clientCertificate(Path chainPem, Path keyPem);

    /** The SHA-256 of the only server certificate accepted, in hex; colons are allowed. */
    @CanIgnoreReturnValue
    Builder certificatePin(String sha256);

    /** An HTTP proxy, {@code http://host:port}; none by default. */
    @CanIgnoreReturnValue
    Builder proxy(URI proxy);

    /** How long connecting may take; 2 s by default. */
    @CanIgnoreReturnValue
    Builder connectTimeout(Duration timeout);

    /** How long the receiver may take until it begins to answer; 5 s by default. */
    @CanIgnoreReturnValue
    Builder requestTimeout(Duration timeout);

    /** How long one request may take with its whole answer; 10 s by default. */
    @CanIgnoreReturnValue
    Builder totalTimeout(Duration timeout);

    /** How many events a batch may have, in the profiles that batch; 500 by default. */
    @CanIgnoreReturnValue
    Builder maxBatchEvents(int events);

    /** How many bytes a batch may have before compression; 1 MiB by default. */
    @CanIgnoreReturnValue
    Builder maxBatchBytes(long bytes);

    /**
     * The largest event the receiver takes, in bytes; 10 MiB by default. A larger one is dead at
     * once: the bridge hangs up on it, which would look like a network failure for ever.
     */
    @CanIgnoreReturnValue
    Builder maxEventBytes(int bytes);

    /** Whether batches of more than 1 KiB are compressed; on by default. */
    @CanIgnoreReturnValue
    Builder gzip(boolean compress);

    /**
     * Whether {@link HttpProfile#BRIDGE_BATCH} sends NDJSON rather than an array; off by default.
     */
    @CanIgnoreReturnValue
    Builder ndjson(boolean lines);

    /**
     * Whether 401 and 403 are retried, so that events wait until credentials are put right, rather
     * than dead; off by default.
     */
    @CanIgnoreReturnValue
    Builder retryRejectedCredentials(boolean retry);

    /**
     * Whether {@link HttpProfile#OTLP} also retries 500 and other server errors beyond the
     * protocol's 429, 502, 503 and 504; off by default.
     */
    @CanIgnoreReturnValue
    Builder otlpRetryAllServerErrors(boolean retry);

    /**
     * Whether {@link HttpProfile#OTLP} sends an event's {@code data}, which may hold arguments and
     * results of tools; off by default.
     */
    @CanIgnoreReturnValue
    Builder otlpData(boolean send);

    /**
     * The {@code agent_id} of {@link HttpProfile#LEANVIBE}, a UUID; made from the worker's name or
     * the session by default.
     */
    @CanIgnoreReturnValue
    Builder leanVibeAgentId(String uuid);

    /** The clock for signatures and {@code Retry-After} dates; the system's by default. */
    @CanIgnoreReturnValue
    Builder clock(InstantSource clock);

    /**
     * The sink; nothing is connected yet, but files are read.
     *
     * @throws dev.hookbus.sink.SinkConfigurationException where a setting cannot be used; its
     *     message names the setting and never its value
     */
    HttpSink build();
  }
}
