package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-01-29T10:00:00Z");

  @Property
  void pause_lies_between_base_and_cap_and_grows_at_most_threefold(
      @ForAll @LongRange(max = Long.MAX_VALUE / 1_000_000) long previousMillis, @ForAll long seed) {
    Duration previous = Duration.ofMillis(previousMillis);

    Duration pause = POLICY.nextDelay(previous, null, new SplittableRandom(seed));

    assertThat(pause).isBetween(POLICY.base(), POLICY.cap());
    if (previous.compareTo(POLICY.base()) >= 0) {
      assertThat(pause).isLessThanOrEqualTo(previous.multipliedBy(3));
    }
  }

  @Property
  void receivers_wish_is_never_undercut_and_clamped(
      @ForAll @LongRange(min = -10_000_000, max = 10_000_000) long seconds, @ForAll long seed) {
    Duration wish = Duration.ofSeconds(seconds);

    Duration pause = POLICY.nextDelay(Duration.ZERO, wish, new SplittableRandom(seed));

    Duration granted = wish.compareTo(POLICY.retryAfterCap()) > 0 ? POLICY.retryAfterCap() : wish;
    assertThat(pause).isGreaterThanOrEqualTo(granted);
    assertThat(pause).isLessThanOrEqualTo(POLICY.retryAfterCap().multipliedBy(11).dividedBy(10));
  }

  @Property
  void planned_attempt_becomes_due_whatever_the_clock_does(
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000) long jumpSeconds, @ForAll long seed) {
    Duration pause =
        POLICY.nextDelay(Duration.ZERO, Duration.ofDays(9), new SplittableRandom(seed));
    Instant planned = NOW.plus(pause);

    assertThat(POLICY.due(planned, planned)).isTrue();
    assertThat(POLICY.due(planned, NOW)).isFalse();
    Instant jumped = NOW.plusSeconds(jumpSeconds);
    boolean farAhead = planned.isAfter(jumped.plus(Duration.ofMinutes(66)));
    assertThat(POLICY.due(planned, jumped)).isEqualTo(!planned.isAfter(jumped) || farAhead);
  }

  @Test
  void event_is_given_up_after_its_time_and_not_before() {
    assertThat(POLICY.expired(NOW, NOW.plus(Duration.ofDays(7)))).isFalse();
    assertThat(POLICY.expired(NOW, NOW.plus(Duration.ofDays(7)).plusMillis(1))).isTrue();
    assertThat(POLICY.expired(NOW, NOW.minus(Duration.ofDays(70)))).isFalse();
  }

  @Test
  void pauses_out_of_order_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(second.plusMillis(1), second, second, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RetryPolicy(second, second, second.negated(), second))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
