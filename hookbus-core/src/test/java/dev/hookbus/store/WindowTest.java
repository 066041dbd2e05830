package dev.hookbus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class WindowTest {

  private static final long PRESENT = 1_800_000_123L;

  @Property
  void slices_coverTheWindowWithoutGapOrOverlap(
      @ForAll @LongRange(min = 0, max = 34_000_000) long age,
      @ForAll @LongRange(min = 0, max = 200_000) long shift) {
    long now = PRESENT + shift;
    List<Window.Slice> slices = Window.slices(now - age, now);

    long at = slices.get(0).start();
    assertThat(at).isLessThanOrEqualTo(now - age);
    for (Window.Slice slice : slices) {
      assertThat(slice.start()).isEqualTo(at);
      assertThat(slice.end()).isGreaterThan(slice.start());
      assertThat(slice.start() % slice.resolution().seconds()).isZero();
      assertThat(slice.end() % slice.resolution().seconds()).isZero();
      assertThat(now - slice.start()).isLessThanOrEqualTo(slice.resolution().kept().toSeconds());
      at = slice.end();
    }
    assertThat(at).isBetween(now + 1, now + 60);
    assertThat(slices).hasSizeLessThanOrEqualTo(5);
  }
}
