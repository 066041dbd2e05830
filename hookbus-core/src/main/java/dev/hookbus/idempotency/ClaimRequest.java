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
 */
public record ClaimRequest(
    KeyHash key, String category, Duration lease, @Nullable String payloadHash) {}
