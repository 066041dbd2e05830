package dev.hookbus.store;

import dev.hookbus.idempotency.Settlement;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An execution on its way to a shared store, and what becomes of its claim. It may be sent there
 * more than once; its ID tells that it has arrived.
 */
record Recorded(String id, Execution execution, @Nullable Settlement settlement) {

  private static final SecureRandom RANDOM = new SecureRandom();

  static Recorded of(Execution execution, @Nullable Settlement settlement) {
    return new Recorded(newId(), execution, settlement);
  }

  /** A UUID of version 7: IDs of one time are neighbours in the server's index. */
  private static String newId() {
    long time = System.currentTimeMillis() << 16 | 0x7000 | (RANDOM.nextInt() & 0xfff);
    long random = (RANDOM.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(time, random).toString();
  }
}
