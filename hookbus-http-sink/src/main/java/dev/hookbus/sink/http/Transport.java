package dev.hookbus.sink.http;

import dev.hookbus.safety.Attempt;
import dev.hookbus.sink.OutboxEvent;
import dev.hookbus.sink.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Posts bodies and reads answers, each within its time. Confined to the delivering thread. */
final class Transport {
  private static final int MAX_ANSWER_BYTES = 256 * 1024;
  private static final int MIN_GZIP_BYTES = 1024;
  private static final int FIRST_REFUSAL = 400;

  /** A smaller body is on its way before a receiver can hang up on it. */
  private static final int MIN_REFUSED_BYTES = 64 * 1024;

  private static final String USER_AGENT = "hookbus/0.1";

  private final HttpSettings settings;
  private final HttpClient client;
  private final @Nullable Signer signer;
  private final @Nullable BearerTokenFile bearer;

  Transport(HttpSettings settings) {
    this.settings = settings;
    this.client = newClient(settings);
    HttpSettings.Credentials credentials = settings.credentials();
    this.signer = credentials.hmacSecret() == null ? null : new Signer(credentials.hmacSecret());
    this.bearer =
        credentials.tokenFile() == null ? null : new BearerTokenFile(credentials.tokenFile());
  }

  private static HttpClient newClient(HttpSettings settings) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeouts().connect())
            .proxy(settings.proxy());
    if (settings.tls() != null) {
      client.sslContext(settings.tls());
    }
    return client.build();
  }

  /** Posts what these events became. */
  Answer post(List<OutboxEvent> events, byte[] body, String contentType, boolean mayGzip)
      throws IOException, InterruptedException {
    boolean gzip = mayGzip && settings.gzip() && body.length > MIN_GZIP_BYTES;
    byte[] sent = gzip ? gzip(body) : body;
    HttpRequest.Builder request =
        request(contentType).header("Idempotency-Key", idempotencyKey(events));
    if (gzip) {
      request.header("Content-Encoding", "gzip");
    }
    String traceparent = commonTraceparent(events);
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    authenticate(request, sent);
    return send(request, sent);
  }

  /** Posts a body that is no delivery. */
  Answer ask(byte[] body, String contentType) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(contentType);
    authenticate(request, body);
    return send(request, body);
  }

  private HttpRequest.Builder request(String contentType) {
    return HttpRequest.newBuilder(settings.endpoint())
        .timeout(settings.timeouts().request())
        .header("Content-Type", contentType)
        .header("User-Agent", USER_AGENT);
  }

  private void authenticate(HttpRequest.Builder request, byte[] body) throws IOException {
    Secret apiKey = settings.credentials().apiKey();
    if (apiKey != null) {
      request.header("X-API-Key", apiKey.reveal());
    }
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer.token());
    }
    if (signer != null) {
      String timestamp = Long.toString(settings.clock().instant().getEpochSecond());
      request.header("X-Timestamp", timestamp);
      request.header("X-Signature", signer.sign(timestamp, body));
    }
  }

  private Answer send(HttpRequest.Builder request, byte[] body)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + settings.timeouts().total().toNanos();
    try {
      return exchange(request.POST(BodyPublishers.ofByteArray(body)).build(), deadline);
    } catch (HttpTimeoutException | ConnectException | SSLException e) {
      throw e;
    } catch (IOException e) {
      // A connection the receiver closed while it was idle fails on its next use. Once more is
      // safe: the events carry their IDs. Or else the receiver hung up on a body it finds too
      // large,
      // and that came before its answer: this time the answer gets a head start.
      boolean large = body.length >= MIN_REFUSED_BYTES;
      BodyPublisher again = large ? new HesitantBody(body) : BodyPublishers.ofByteArray(body);
      return exchange(request.POST(again).build(), deadline);
    }
  }

  private Answer exchange(HttpRequest request, long deadline)
      throws IOException, InterruptedException {
    AtomicReference<@Nullable ResponseInfo> begun = new AtomicReference<>();
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(
            request,
            info -> {
              begun.set(info);
              return new BoundedBody(MAX_ANSWER_BYTES);
            });
    try {
      HttpResponse<byte[]> response =
          pending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return answer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete answer in time");
    } catch (ExecutionException e) {
      ResponseInfo info = begun.get();
      if (info != null && info.statusCode() >= FIRST_REFUSAL) {
        // A receiver that finds a request too large answers and hangs up while that is still being
        // sent. The status is enough.
        return answer(info.statusCode(), info.headers(), new byte[0]);
      }
      throw asIoException(e.getCause());
    } catch (CancellationException e) {
      throw new IOException("the request was cancelled");
    } finally {
      pending.cancel(true); // does nothing once the answer is there
    }
  }

  private Answer answer(int status, HttpHeaders headers, byte[] body) {
    String retryAfter = headers.firstValue("Retry-After").orElse(null);
    return new Answer(
        status,
        RetryAfter.parse(retryAfter, settings.clock().instant()),
        date(headers.firstValue("Date").orElse("")),
        body);
  }

  private static @Nullable Instant date(String header) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static IOException asIoException(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException("the request failed", cause);
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a byte array has no I/O
    }
    return out.toByteArray();
  }

  /** The event's ID, or for a batch a hash of all IDs: the same when the same batch comes again. */
  private static String idempotencyKey(List<OutboxEvent> events) {
    if (events.size() == 1) {
      return events.get(0).eventId();
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (OutboxEvent event : events) {
        sha256.update((event.eventId() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  /** The trace context, where all events share one. */
  private static @Nullable String commonTraceparent(List<OutboxEvent> events) {
    String first = events.get(0).traceparent();
    if (first == null || !Secret.isPrintable(first)) {
      return null;
    }
    for (OutboxEvent event : events) {
      if (!first.equals(event.traceparent())) {
        return null;
      }
    }
    return first;
  }

  /** Lets go of connections where the JDK can; older ones do when the client is collected. */
  void close() {
    if (client instanceof AutoCloseable closeable) {
      Throwable failure = Attempt.run(closeable::close);
      if (failure != null) {
        Attempt.rethrow(failure); // whoever closes the sink reports it
      }
    }
  }
}
