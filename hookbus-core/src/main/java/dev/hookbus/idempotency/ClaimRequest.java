package dev.hookbus.idempotency;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key.
 *
 * @param key what to claim
 * @param category the key's category, kept in clear for people who list keys
 * @param lease how long the claim holds if its owner dies
 * @param payloadHash hex SHA-256 of the redacted payload, or {@code null} to accept any payload
 * @param owner who claims: the same owner gets its own unfinished claim again, with a higher fence;
 *     {@code null} for one that nobody else is
 */
public record ClaimRequest(
    KeyHash key,
    String category,
    Duration lease,
    @Nullable String payloadHash,
    @Nullable Long owner) {

  /** A claim by an owner that nobody else is. */
  public ClaimRequest(KeyHash key, String category, Duration lease, @Nullable String payloadHash) {
    this(key, category, lease, payloadHash, null);
  }
}
