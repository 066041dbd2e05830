package dev.hookbus.payload;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Makes of any payload what may be stored: redacted first, then bounded, hashed and perhaps
 * compressed. Immutable and safe for use by many threads.
 *
 * <pre>{@code
 * PayloadPipeline pipeline = PayloadPipeline.builder().maxBytes(100_000).build();
 * BoundedPayload stored = pipeline.process("{\"password\": \"hunter2\"}");
 * }</pre>
 *
 * <p>A payload that cannot be redacted is dropped: the answer then has {@link
 * BoundedPayload#dropped()} set and no bytes.
 */
public interface PayloadPipeline {

  /** The bound used unless another is set, in bytes of UTF-8. */
  int DEFAULT_MAX_BYTES = 200_000;

  /** The smallest bound that can be set: room for a marker and a little text. */
  int MIN_MAX_BYTES = 64;

  /** Starts a pipeline: strict redaction, 200,000 bytes, no compression. */
  static Builder builder() {
    return new PayloadPipelineBuilder();
  }

  /** Processes text. Lone surrogates become U+FFFD. */
  BoundedPayload process(String text);

  /** Processes UTF-8 text. Malformed sequences become U+FFFD. */
  BoundedPayload process(byte[] utf8);

  /**
   * Processes UTF-8 text to its end, in memory proportional to the bound only. The stream is not
   * closed.
   *
   * @throws IOException if reading fails
   */
  BoundedPayload process(InputStream utf8) throws IOException;

  /**
   * Processes text to its end, in memory proportional to the bound only. The reader is not closed.
   *
   * @throws IOException if reading fails
   */
  BoundedPayload process(Reader text) throws IOException;

  /**
   * Processes any value. {@link CharSequence}, {@code byte[]}, {@link InputStream} and {@link
   * Reader} are text; everything else, null included, becomes JSON through Jackson's databind. A
   * value that cannot be read or written as JSON is dropped.
   */
  BoundedPayload processValue(@Nullable Object value);

  /**
   * Redacts a short diagnostic text, such as an error message or a stack trace, and cuts it to at
   * most {@code maxBytes} bytes of UTF-8: the head stays and a marker says how much is missing.
   *
   * @return the argument itself when nothing had to change; an empty string when redaction failed
   * @throws IllegalArgumentException if {@code maxBytes} is negative
   */
  String text(String text, int maxBytes);

  /** Settings of a {@link PayloadPipeline}. */
  interface Builder {

    /** What redacts; {@link Redactor#standard()} unless set. */
    @CanIgnoreReturnValue
    Builder redactor(Redactor redactor);

    /**
     * The bound in bytes of UTF-8 before compression.
     *
     * @throws IllegalArgumentException if it is less than {@link #MIN_MAX_BYTES}
     */
    @CanIgnoreReturnValue
    Builder maxBytes(int maxBytes);

    /** Whether to compress with zlib where that makes the payload smaller. */
    @CanIgnoreReturnValue
    Builder compress(boolean compress);

    /** The pipeline. */
    PayloadPipeline build();
  }
}
