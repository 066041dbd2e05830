package dev.hookbus.payload;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Collects and checks the settings of a pipeline. */
final class PayloadPipelineBuilder implements PayloadPipeline.Builder {

  private Redactor redactor = Redactor.standard();
  private int maxBytes = PayloadPipeline.DEFAULT_MAX_BYTES;
  private boolean compress;

  @Override
  @CanIgnoreReturnValue
  public PayloadPipelineBuilder redactor(Redactor value) {
    redactor = requireNonNull(value, "redactor");
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public PayloadPipelineBuilder maxBytes(int value) {
    if (value < PayloadPipeline.MIN_MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be at least " + PayloadPipeline.MIN_MAX_BYTES + ", but is " + value);
    }
    maxBytes = value;
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public PayloadPipelineBuilder compress(boolean value) {
    compress = value;
    return this;
  }

  @Override
  public PayloadPipeline build() {
    return new StandardPayloadPipeline(redactor, maxBytes, compress);
  }
}
