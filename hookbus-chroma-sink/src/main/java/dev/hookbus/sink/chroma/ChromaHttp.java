package dev.hookbus.sink.chroma;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends requests and reads answers, each within its time. Thread-safe. */
final class ChromaHttp {
  private static final int MAX_ANSWER_BYTES = 64 << 20;
  private static final int MAX_WAIT_DIGITS = 6;

  private final ChromaConfig config;
  private final String root;
  private final HttpClient client;

  ChromaHttp(ChromaConfig config) {
    this.config = config;
    this.root = config.server().toString().replaceFirst("/+$", "");
    this.client =
        HttpClient.newBuilder()
            // The server ignores the upgrade to HTTP/2, which costs a header on every request.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.connectTimeout())
            .build();
  }

  /**
   * Sends a request; every request of ours may be repeated without harm.
   *
   * @param path with its leading slash
   * @param body null for none
   * @return the body of a successful answer
   * @throws ChromaFaultException where the server refuses
   */
  byte[] send(String method, String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(config.requestTimeout())
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    AuthHeader auth = config.auth();
    if (auth != null) {
      request.header(auth.name(), auth.value().reveal());
    }
    HttpResponse<byte[]> response = exchange(request.build());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw ChromaFaultException.of(
        response.statusCode(), ChromaAnswers.errorMessage(response.body()), retryAfter(response));
  }

  private HttpResponse<byte[]> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + config.requestTimeout().toNanos();
    try {
      return attempt(request, deadline);
    } catch (HttpTimeoutException | ConnectException | SSLException e) {
      throw e;
    } catch (IOException e) {
      // A connection the server closed while it was idle fails on its next use.
      return attempt(request, deadline);
    }
  }

  private HttpResponse<byte[]> attempt(HttpRequest request, long deadline)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> pending =
        client.sendAsync(request, info -> new BoundedBody(MAX_ANSWER_BYTES));
    try {
      return pending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no complete answer in time");
    } catch (ExecutionException e) {
      throw asIoException(e.getCause());
    } catch (CancellationException e) {
      throw new IOException("the request was cancelled");
    } finally {
      pending.cancel(true); // does nothing once the answer is there
    }
  }

  private static IOException asIoException(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException("the request failed", cause);
  }

  /** Only seconds: neither the server nor Chroma Cloud sends dates. */
  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    boolean seconds =
        !value.isEmpty()
            && value.length() <= MAX_WAIT_DIGITS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    return seconds ? Duration.ofSeconds(Long.parseLong(value)) : null;
  }
}
