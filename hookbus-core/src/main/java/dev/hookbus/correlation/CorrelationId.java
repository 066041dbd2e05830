package dev.hookbus.correlation;

import dev.hookbus.idempotency.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Identifies one call of one tool: 16 lower-case hex characters, which is also a W3C span ID.
 *
 * @param value the 16 characters
 */
public record CorrelationId(String value) {

  private static final int LENGTH = 16;
  private static final String UNKNOWN = "unknown";

  /**
   * Takes an ID as it is.
   *
   * @throws IllegalArgumentException unless it is 16 lower-case hex characters
   */
  public CorrelationId {
    if (value.length() != LENGTH || !Hex.isLowerCase(value)) {
      throw new IllegalArgumentException("a correlation ID is 16 lower-case hex characters");
    }
  }

  /**
   * The ID of a call the host has named. Equal arguments give equal IDs, in every process: that is
   * how the events before and after one tool call find each other. The formula is the Python
   * HookBus's.
   *
   * @param session the host's session; {@code null} or empty counts as {@code unknown}
   * @param tool the tool; {@code null} or empty counts as {@code unknown}
   * @param index tells the session's calls of the tool apart: the host's tool-use ID or a number
   */
  public static CorrelationId of(@Nullable String session, @Nullable String tool, Object index) {
    String text = orUnknown(session) + ":" + orUnknown(tool) + ":" + index;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] digest = Sha256.digest(utf8, 0, utf8.length);
    return new CorrelationId(HexFormat.of().formatHex(digest, 0, LENGTH / 2));
  }

  /** A fresh ID, for a call the host has given no ID of its own. */
  public static CorrelationId random() {
    return new CorrelationId(Hex.of(ThreadLocalRandom.current().nextLong()));
  }

  private static String orUnknown(@Nullable String text) {
    return text == null || text.isEmpty() ? UNKNOWN : text;
  }

  @Override
  public String toString() {
    return value;
  }
}
