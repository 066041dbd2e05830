package dev.hookbus.payload;

import dev.hookbus.safety.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Redact, bound, hash, compress: each stage a stream that feeds the next. */
final class StandardPayloadPipeline implements PayloadPipeline {

  private static final int CHUNK = 8_192;

  private final Redactor redactor;
  private final int maxBytes;
  private final boolean compress;

  StandardPayloadPipeline(Redactor redactor, int maxBytes, boolean compress) {
    this.redactor = redactor;
    this.maxBytes = maxBytes;
    this.compress = compress;
  }

  @Override
  public BoundedPayload process(String text) {
    return process(Utf8.encode(text));
  }

  @Override
  public BoundedPayload process(byte[] utf8) {
    Attempt<Redaction> attempt =
        Attempt.shield(
            new Callable<>() {
              @Override
              public Redaction call() {
                return redactor.apply(utf8);
              }
            });
    if (attempt.error() != null) {
      return BoundedPayload.dropped(utf8.length);
    }
    Redaction redaction = attempt.value();
    Bounder bounder = new Bounder(maxBytes);
    bounder.write(redaction.bytes(), 0, redaction.bytes().length);
    return finish(bounder, utf8.length, redaction.counts());
  }

  @Override
  public BoundedPayload process(InputStream utf8) throws IOException {
    Intake intake = new Intake();
    byte[] chunk = new byte[CHUNK];
    for (int read = utf8.read(chunk); read >= 0; read = utf8.read(chunk)) {
      intake.write(chunk, read);
    }
    return intake.finish();
  }

  @Override
  public BoundedPayload process(Reader text) throws IOException {
    Intake intake = new Intake();
    Utf8.Encoder encoder = new Utf8.Encoder();
    char[] chunk = new char[CHUNK];
    for (int read = text.read(chunk); read >= 0; read = text.read(chunk)) {
      byte[] utf8 = encoder.encode(chunk, read);
      intake.write(utf8, utf8.length);
    }
    byte[] rest = encoder.finish();
    intake.write(rest, rest.length);
    return intake.finish();
  }

  @Override
  public BoundedPayload processValue(@Nullable Object value) {
    try {
      if (value instanceof CharSequence text) {
        return process(text.toString());
      }
      if (value instanceof byte[] utf8) {
        return process(utf8);
      }
      if (value instanceof InputStream stream) {
        return process(stream);
      }
      if (value instanceof Reader reader) {
        return process(reader);
      }
      return process(JsonValues.write(value));
    } catch (IOException | UncheckedIOException e) {
      return BoundedPayload.dropped(0);
    }
  }

  @Override
  public String text(String text, int maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes must not be negative, but is " + maxBytes);
    }
    return Attempt.<String>shield(
            new Callable<>() {
              @Override
              public String call() {
                return Utf8.head(redactor.redact(text), maxBytes);
              }
            })
        .valueOr("");
  }

  private BoundedPayload finish(Bounder bounder, long originalBytes, Map<String, Integer> counts) {
    bounder.finish();
    byte[] text = bounder.text();
    byte[] stored = compress ? Zlib.deflate(text) : text;
    return new BoundedPayload(
        stored,
        originalBytes,
        text.length,
        bounder.truncated(),
        stored != text,
        bounder.sha256(),
        counts,
        false);
  }

  /** Feeds a stream of unknown length; after a failed redaction it only counts. */
  private final class Intake {

    private final Bounder bounder = new Bounder(maxBytes);
    private final RedactingStream redacting = redactor.redactTo(bounder);
    private long originalBytes;
    private boolean failed;

    void write(byte[] utf8, int length) {
      originalBytes += length;
      attempt(() -> redacting.write(utf8, 0, length));
    }

    BoundedPayload finish() {
      attempt(redacting::close);
      return failed
          ? BoundedPayload.dropped(originalBytes)
          : StandardPayloadPipeline.this.finish(bounder, originalBytes, redacting.redactions());
    }

    private void attempt(Attempt.Action step) {
      failed = failed || Attempt.run(step) != null;
    }
  }
}
