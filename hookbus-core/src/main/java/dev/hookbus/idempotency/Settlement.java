package dev.hookbus.idempotency;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of a claimed key when the work is over. */
public sealed interface Settlement {

  /** The claim this settles. */
  ClaimToken token();

  /**
   * The work is done, and not to be done again for a while.
   *
   * @param ttl how long the key stays taken
   * @param output what to replay, or {@code null}
   */
  record Complete(ClaimToken token, Duration ttl, @Nullable StoredOutput output)
      implements Settlement {}

  /** The work failed; anybody may try again at once. */
  record Release(ClaimToken token) implements Settlement {}
}
