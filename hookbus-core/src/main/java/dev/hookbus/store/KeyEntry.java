package dev.hookbus.store;

import dev.hookbus.idempotency.KeyHash;
import java.time.Instant;

/**
 * A key that is taken.
 *
 * @param key the key's hash
 * @param category its category
 * @param completed whether its work is done; otherwise somebody holds the lease
 * @param fence how many owners it has had
 * @param claimedAt when its last owner claimed it
 * @param expiresAt when it becomes free
 */
public record KeyEntry(
    KeyHash key,
    String category,
    boolean completed,
    long fence,
    Instant claimedAt,
    Instant expiresAt) {}
