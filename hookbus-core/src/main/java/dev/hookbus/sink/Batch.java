package dev.hookbus.sink;

import dev.hookbus.store.DeliveryState;
import dev.hookbus.store.OutboxEntry;
import dev.hookbus.store.OutboxProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A batch that was tried: what of it is settled, and where that leaves the sink. */
final class Batch {
  private static final int MAX_ERROR = 300;

  private final List<OutboxEntry> entries;
  private final DeliveryReport report;
  private final RetryPolicy policy;
  private final Instant now;

  Batch(List<OutboxEntry> entries, DeliveryReport report, RetryPolicy policy, Instant now) {
    this.entries = entries;
    this.report = report;
    this.policy = policy;
    this.now = now;
  }

  static List<OutboxEvent> events(List<OutboxEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new OutboxEvent(
                    entry.sequence(),
                    entry.event().eventId(),
                    entry.event().eventType(),
                    entry.event().json(),
                    entry.event().traceparent(),
                    entry.recordedAt()))
        .toList();
  }

  /**
   * The progress to record.
   *
   * @param breaker the sink's breaker when the batch was sent
   * @param interrupted whether the attempt was cut short from our side, which is no failure
   */
  OutboxProgress progress(
      DeliveryState before, CircuitBreaker breaker, boolean interrupted, RandomGenerator random) {
    int delivered = 0;
    List<OutboxProgress.Dead> dead = new ArrayList<>();
    Map<String, Integer> skipped = new HashMap<>();
    int settled = 0;
    while (settled < entries.size()) {
      OutboxEntry entry = entries.get(settled);
      DeliveryOutcome outcome = report.outcomes().get(settled);
      if (outcome instanceof DeliveryOutcome.Delivered) {
        delivered++;
      } else if (outcome instanceof DeliveryOutcome.Dead refusal) {
        dead.add(new OutboxProgress.Dead(entry, oneLine(refusal.reason())));
      } else if (outcome instanceof DeliveryOutcome.Skipped passed) {
        skipped.merge(oneLine(passed.reason()), 1, Integer::sum);
      } else if (outcome instanceof DeliveryOutcome.Retry retry && isGivenUp(entry)) {
        dead.add(new OutboxProgress.Dead(entry, oneLine("too old; last: " + retry.reason())));
      } else {
        break;
      }
      settled++;
    }
    long cursor = settled == 0 ? before.cursor() : entries.get(settled - 1).sequence();
    DeliveryOutcome.@Nullable Retry failure = report.firstRetry();
    return new OutboxProgress(
        next(before, cursor, settled > 0, interrupted ? null : failure, breaker, random),
        delivered,
        dead,
        skipped);
  }

  private DeliveryState next(
      DeliveryState before,
      long cursor,
      boolean cameFurther,
      DeliveryOutcome.@Nullable Retry failure,
      CircuitBreaker breaker,
      RandomGenerator random) {
    if (failure != null) {
      return afterFailure(before, cursor, cameFurther, failure, breaker, random);
    }
    // An attempt cut short before anything was settled says nothing about the receiver.
    return cameFurther ? afterSuccess(cursor, breaker.succeeded()) : before;
  }

  /** An event is given up only after an attempt, however long the machine was off. */
  private boolean isGivenUp(OutboxEntry entry) {
    return policy.expired(entry.recordedAt(), now);
  }

  private static DeliveryState afterSuccess(long cursor, CircuitBreaker breaker) {
    return new DeliveryState(cursor, 0, Duration.ZERO, Instant.EPOCH, null, breaker.toText());
  }

  private DeliveryState afterFailure(
      DeliveryState before,
      long cursor,
      boolean cameFurther,
      DeliveryOutcome.Retry failure,
      CircuitBreaker breaker,
      RandomGenerator random) {
    Duration previous = cameFurther ? Duration.ZERO : before.pause();
    Duration pause = policy.nextDelay(previous, report.retryAfter(), random);
    CircuitBreaker then = (cameFurther ? breaker.succeeded() : breaker).failed(now, pause);
    return new DeliveryState(
        cursor,
        cameFurther ? 1 : before.attempts() + 1,
        pause,
        now.plus(pause),
        oneLine(failure.reason()),
        then.toText());
  }

  private static String oneLine(String text) {
    String line = text.replace('\n', ' ').replace('\r', ' ');
    return line.length() <= MAX_ERROR ? line : line.substring(0, MAX_ERROR);
  }
}
