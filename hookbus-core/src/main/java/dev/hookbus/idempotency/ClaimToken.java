package dev.hookbus.idempotency;

/**
 * Proof of a claim. A settlement is accepted only with the token of the current claim.
 *
 * @param key what was claimed
 * @param owner number of the claim's owner, random unless it was chosen
 * @param fence 1 for the first owner of a key, one more for each that took it over
 */
public record ClaimToken(KeyHash key, long owner, long fence) {}
