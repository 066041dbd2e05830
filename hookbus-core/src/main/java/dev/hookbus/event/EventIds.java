package dev.hookbus.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/** Event IDs that come out the same when the same thing is told again. */
public final class EventIds {
  private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private EventIds() {}

  /**
   * The ID of what these parts name. The parts are told apart: {@code ("a", "bc")} and {@code
   * ("ab", "c")} have different IDs. The ID has the shape of a version 4 UUID, as the schema asks;
   * its bits are those of a SHA-256.
   *
   * <pre>{@code
   * UUID id = EventIds.derive(runId, correlationId, "tool_invocation", "1");
   * }</pre>
   */
  public static UUID derive(String... parts) {
    MessageDigest sha256 = Hashing.sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      sha256.update(bytes);
    }
    ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
    return new UUID(
        (digest.getLong() & VERSION_MASK) | VERSION_4, (digest.getLong() & VARIANT_MASK) | VARIANT);
  }
}
