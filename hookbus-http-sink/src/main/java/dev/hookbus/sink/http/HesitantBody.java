package dev.hookbus.sink.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.TimeUnit;

/**
 * A body that follows its head after a pause: a receiver that refuses by the length alone can say
 * so before the body is on its way and the hang-up overtakes the answer.
 */
final class HesitantBody implements BodyPublisher {
  private static final long PAUSE_MILLIS = 250;

  private final BodyPublisher body;

  HesitantBody(byte[] bytes) {
    this.body = BodyPublishers.ofByteArray(bytes);
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> body.subscribe(subscriber));
  }
}
