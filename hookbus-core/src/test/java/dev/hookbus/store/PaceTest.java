package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MILLI = 1_000_000;

  private static Pace ofOneWriter() {
    return new Pace(true, () -> {});
  }

  @Test
  void step_growsUntilItTakesAMillisecond() {
    Pace pace = ofOneWriter();
    long nanosPerRow = 5_000;
    for (int i = 0; i < 10; i++) {
      pace.held(pace.rows(), pace.rows() * nanosPerRow);
    }

    assertThat(pace.rows()).isEqualTo(200);
  }

  @Test
  void stepOfLargeRows_shrinks() {
    Pace pace = ofOneWriter();
    for (int i = 0; i < 10; i++) {
      pace.held(pace.rows(), pace.rows() * MILLI / 20);
    }

    assertThat(pace.rows()).isEqualTo(20);
  }

  @Test
  void stepThatWasInterruptedOnce_halvesTheNextOneAtTheMost() {
    Pace pace = ofOneWriter();
    int before = pace.rows();

    pace.held(before, 300 * MILLI);

    assertThat(pace.rows()).isEqualTo(before / 2);
  }

  @Test
  void stepThatFoundFewRows_saysNothingAboutTheNextOne() {
    Pace pace = ofOneWriter();
    int before = pace.rows();

    pace.held(3, 2 * MILLI);

    assertThat(pace.rows()).isEqualTo(before);
  }

  @Property(tries = 200, seed = "7")
  void rest_isSeveralTimesAsLongAsTheLockWasHeld(
      @ForAll @IntRange(max = 500) int removed,
      @ForAll @LongRange(max = 10_000 * MILLI) long held) {
    Pace pace = ofOneWriter();

    pace.held(removed, held);

    assertThat(pace.restNanos()).isGreaterThanOrEqualTo(8 * held);
    assertThat(pace.rows()).isBetween(10, 500);
  }
}
