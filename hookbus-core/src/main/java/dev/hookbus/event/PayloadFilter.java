package dev.hookbus.event;

import dev.hookbus.payload.BoundedPayload;
import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.RedactionMode;
import java.util.Locale;

/** Filters by the pipeline every payload goes through. */
final class PayloadFilter implements EventFilter {
  private final PayloadPipeline pipeline;
  private final String mode;

  PayloadFilter(PayloadPipeline pipeline, RedactionMode mode) {
    this.pipeline = pipeline;
    this.mode = mode.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Filtered apply(String text) {
    BoundedPayload payload = pipeline.process(text);
    if (payload.dropped()) {
      throw new IllegalStateException("redaction failed, so the event is not made");
    }
    String filtered =
        payload.redactions().isEmpty() && !payload.truncated() ? text : payload.text();
    return new Filtered(filtered, payload.redactions().keySet());
  }

  @Override
  public String mode() {
    return mode;
  }
}
