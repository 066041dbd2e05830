package dev.hookbus.event;

import static java.util.Objects.requireNonNull;

import dev.hookbus.payload.PayloadPipeline;
import dev.hookbus.payload.RedactionMode;
import java.util.Set;

/**
 * What an event's texts go through before they are cut, hashed and recorded: redaction, and the
 * bound on {@code data}. Must be thread-safe. An exception stops the event: what could not be
 * filtered is not sent.
 */
public interface EventFilter {
  /** Lets every text through. */
  EventFilter NONE =
      new EventFilter() {
        @Override
        public Filtered apply(String text) {
          return Filtered.unchanged(text);
        }

        @Override
        public String mode() {
          return "disabled";
        }
      };

  /**
   * Redacts and bounds by that pipeline.
   *
   * @param mode the mode of the pipeline's redactor, to be recorded
   */
  static EventFilter of(PayloadPipeline pipeline, RedactionMode mode) {
    return new PayloadFilter(pipeline, mode);
  }

  /**
   * Filters one text: a message, a stack trace, or {@code data} as JSON. A JSON object must come
   * back as a JSON object.
   */
  Filtered apply(String text);

  /** The mode to record, such as {@code strict}. */
  String mode();

  /**
   * A filtered text.
   *
   * @param text what may be recorded
   * @param rules the names of the rules that matched; empty where the text is unchanged
   */
  record Filtered(String text, Set<String> rules) {
    /** Copies the rules. */
    public Filtered {
      requireNonNull(text, "text");
      rules = Set.copyOf(rules);
    }

    /** A text no rule matched. */
    public static Filtered unchanged(String text) {
      return new Filtered(text, Set.of());
    }
  }
}
