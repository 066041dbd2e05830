package dev.hookbus.config;

import dev.hookbus.idempotency.KeyHash;
import java.util.Set;

/**
 * Decides which calls are guarded while a rollout is under way.
 *
 * @param hooks the hooks that take part; empty means all
 * @param dedupe the hooks whose keys count
 * @param percent the percentage of sessions that take part
 */
public record Rollout(Set<String> hooks, HookSelection dedupe, int percent) {

  /** The rollout a configuration asks for. */
  public static Rollout of(HookBusConfig config) {
    return new Rollout(config.hooks(), config.dedupe(), config.rolloutPercent());
  }

  /** Whether {@code hook} takes part at all. */
  public boolean includesHook(String hook) {
    return hooks.isEmpty() || hooks.contains(hook);
  }

  /** Whether the keys of {@code hook} are claimed; otherwise each of its calls runs. */
  public boolean dedupes(String hook) {
    return dedupe.includes(hook);
  }

  /**
   * Whether {@code session} takes part: the same answer on every machine, and a session that is in
   * at some percentage is in at every higher one.
   */
  public boolean includesSession(String session) {
    if (percent >= 100) {
      return true;
    }
    byte[] hash = KeyHash.unambiguous("rollout", session).toBytes();
    int number = (hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | (hash[2] & 0xff);
    return number % 100 < percent;
  }
}
