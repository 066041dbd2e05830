package dev.hookbus.idempotency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The store's answer to a {@link ClaimRequest}. */
public sealed interface Claim {

  /** The key is the caller's until its lease ends. */
  record Acquired(ClaimToken token) implements Claim {}

  /**
   * The work was done before.
   *
   * @param output what it returned, or {@code null} if that was not kept
   * @param completedAt when it was done
   */
  record Completed(@Nullable StoredOutput output, Instant completedAt) implements Claim {}

  /**
   * Somebody is at it.
   *
   * @param leaseUntil when the key can be taken over if its owner died
   */
  record InProgress(Instant leaseUntil) implements Claim {}

  /** The key was used with another payload. */
  record KeyReused() implements Claim {}
}
