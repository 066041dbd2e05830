package dev.hookbus.sink.chroma;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which records are to be deleted, in each collection. */
public final class EraseScope {
  /** How long events, their texts and the workers' states are kept, unless told otherwise. */
  public static final Duration EVENTS_AGE = Duration.ofDays(90);

  /** How long artifacts are kept, unless told otherwise. */
  public static final Duration ARTIFACTS_AGE = Duration.ofDays(365);

  private final Where others;
  private final Where artifacts;

  private EraseScope(Where others, Where artifacts) {
    this.others = others;
    this.artifacts = artifacts;
  }

  /** Everything of that session. */
  public static EraseScope session(String id) {
    return named(Keys.SESSION_ID, id);
  }

  /** Everything of that run. */
  public static EraseScope run(String id) {
    return named(Keys.RUN_ID, id);
  }

  /**
   * Whatever is older than that: retention.
   *
   * @param now the time ages are counted from
   * @param events the age of events, their texts and workers' states; positive
   * @param artifacts the age of artifacts; positive
   */
  public static EraseScope olderThan(Instant now, Duration events, Duration artifacts) {
    return new EraseScope(before(now, events), before(now, artifacts));
  }

  private static EraseScope named(String key, String id) {
    if (id.isBlank()) {
      throw new IllegalArgumentException(key + " must not be blank");
    }
    Where where = new Where().anyOf(key, List.of(id));
    return new EraseScope(where, where);
  }

  private static Where before(Instant now, Duration age) {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("ages must be positive");
    }
    return new Where().between(0, now.minus(age).toEpochMilli() - 1);
  }

  @Nullable Map<String, ?> where(ChromaCollection collection) {
    return (collection == ChromaCollection.ARTIFACTS ? artifacts : others).build();
  }
}
