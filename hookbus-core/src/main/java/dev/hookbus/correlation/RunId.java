package dev.hookbus.correlation;

import dev.hookbus.idempotency.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Identifies one run of an agent, across all its processes: a UUID, which without its dashes is a
 * W3C trace ID.
 *
 * @param value the UUID
 */
public record RunId(UUID value) {

  /**
   * The run a process belongs to: the run it was told, else the trace it was started in, else the
   * one every process of the same session computes.
   *
   * @param told {@code CLAUDE_RUN_ID} or the like; text that is no UUID is hashed into one
   * @param traceparent a W3C header; ignored if malformed
   * @param session the host's session
   */
  public static RunId resolve(@Nullable String told, @Nullable String traceparent, String session) {
    if (told != null && !told.isBlank()) {
      return ofText(told.strip());
    }
    Optional<TraceParent> parent =
        traceparent == null ? Optional.empty() : TraceParent.parse(traceparent);
    return parent.isPresent() ? parent.get().runId() : ofText(session);
  }

  /** The UUID {@code text} is, or else one made from its hash. */
  public static RunId ofText(String text) {
    Optional<UUID> uuid = parse(text);
    return new RunId(uuid.isPresent() ? uuid.get() : hashed(text));
  }

  /** 32 lower-case hex characters. */
  public String traceId() {
    return Hex.of(value.getMostSignificantBits()) + Hex.of(value.getLeastSignificantBits());
  }

  private static Optional<UUID> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notUuid) {
      return Optional.empty();
    }
  }

  private static UUID hashed(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer digest = ByteBuffer.wrap(Sha256.digest(utf8, 0, utf8.length));
    // Version 8 (custom) and the RFC variant, so that strict receivers accept it.
    long high = (digest.getLong() & ~0xF000L) | 0x8000L;
    long low = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
