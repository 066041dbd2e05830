package dev.hookbus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookbus.sink.CircuitBreaker.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Instant NOW = Instant.parse("2026-01-29T10:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @Test
  void breaker_opens_at_the_fifth_failure_in_a_row() {
    CircuitBreaker breaker = CircuitBreaker.closed();
    for (int i = 1; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
      breaker = breaker.failed(NOW, PAUSE);
      assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    breaker = breaker.failed(NOW, PAUSE);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.openUntil()).isEqualTo(NOW.plus(PAUSE));
    assertThat(breaker.allowance(100)).isZero();
  }

  @Test
  void success_in_between_starts_the_count_again() {
    CircuitBreaker breaker = CircuitBreaker.closed();
    for (int i = 0; i < 20; i++) {
      breaker = breaker.failed(NOW, PAUSE).failed(NOW, PAUSE).succeeded();
    }

    assertThat(breaker).isEqualTo(CircuitBreaker.closed());
  }

  @Test
  void receiver_that_comes_back_gets_one_two_four_events() {
    CircuitBreaker breaker = opened().at(NOW.plus(PAUSE));
    List<Integer> allowed = new ArrayList<>();
    while (breaker.state() == State.HALF_OPEN) {
      allowed.add(breaker.allowance(100));
      breaker = breaker.succeeded();
    }

    assertThat(allowed).containsExactly(1, 2, 4, 8, 16, 32, 64, 100);
    assertThat(breaker).isEqualTo(CircuitBreaker.closed());
  }

  @Test
  void one_failure_on_trial_opens_it_again() {
    CircuitBreaker halfOpen = opened().at(NOW.plus(PAUSE)).succeeded().succeeded();

    assertThat(halfOpen.failed(NOW, PAUSE).state()).isEqualTo(State.OPEN);
  }

  @Test
  void clock_set_back_does_not_keep_it_open() {
    assertThat(opened().at(NOW.minus(Duration.ofDays(365))).state()).isEqualTo(State.HALF_OPEN);
    assertThat(opened().at(NOW).state()).isEqualTo(State.OPEN);
  }

  @Property
  void every_history_leads_to_a_valid_state_that_can_recover(
      @ForAll List<@IntRange(max = 2) Integer> history) {
    CircuitBreaker breaker = CircuitBreaker.closed();
    Instant time = NOW;
    for (int step : history) {
      time = time.plus(PAUSE.dividedBy(2));
      breaker =
          switch (step) {
            case 0 -> breaker.succeeded();
            case 1 -> breaker.failed(time, PAUSE);
            default -> breaker.at(time);
          };
      assertThat(CircuitBreaker.parse(breaker.toText())).isEqualTo(breaker);
      assertThat(breaker.allowance(10)).isBetween(0, 10);
      assertThat(breaker.allowance(10) == 0).isEqualTo(breaker.state() == State.OPEN);
    }
    breaker = breaker.at(time.plus(PAUSE));
    for (int i = 0; i < CircuitBreaker.TRIALS_TO_CLOSE; i++) {
      breaker = breaker.succeeded();
    }
    assertThat(breaker).isEqualTo(CircuitBreaker.closed());
  }

  @Test
  void text_that_is_no_breaker_is_a_closed_one() {
    for (String text : List.of("", "OPEN", "OPEN 1", "OPEN x 1 2", "AJAR 1 1 1", "OPEN -1 0 5")) {
      assertThat(CircuitBreaker.parse(text)).isEqualTo(CircuitBreaker.closed());
    }
  }

  @Test
  void state_that_cannot_be_is_refused() {
    assertThatThrownBy(() -> new CircuitBreaker(State.OPEN, 5, 0, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CircuitBreaker(State.CLOSED, 0, 0, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CircuitBreaker opened() {
    CircuitBreaker breaker = CircuitBreaker.closed();
    for (int i = 0; i < CircuitBreaker.FAILURES_TO_OPEN; i++) {
      breaker = breaker.failed(NOW, PAUSE);
    }
    return breaker;
  }
}
