package dev.hookbus.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

  @Provide
  Arbitrary<Long> durations() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 200),
        Arbitraries.longs().between(0, 10_000_000_000L),
        Arbitraries.integers().between(0, 62).map(bit -> 1L << bit));
  }

  @Property
  void percentile_isWithinOnePercentOfTheOrderStatistic(
      @ForAll @NotEmpty List<@net.jqwik.api.From("durations") Long> nanos,
      @ForAll @DoubleRange(min = 0, max = 1) double p) {
    LatencyHistogram histogram = new LatencyHistogram();
    nanos.forEach(histogram::record);

    long exact =
        nanos.stream()
            .sorted()
            .skip(Math.min(nanos.size() - 1L, (long) Math.floor(nanos.size() * p)))
            .findFirst()
            .orElseThrow();

    assertThat((double) Math.abs(histogram.percentile(p) - exact))
        .isLessThanOrEqualTo(exact * 0.01);
  }

  @Property
  void mergedHistograms_areTheHistogramOfEverything(
      @ForAll List<@net.jqwik.api.From("durations") Long> some,
      @ForAll List<@net.jqwik.api.From("durations") Long> others) {
    LatencyHistogram merged = new LatencyHistogram();
    LatencyHistogram second = new LatencyHistogram();
    LatencyHistogram all = new LatencyHistogram();
    some.forEach(merged::record);
    others.forEach(second::record);
    some.forEach(all::record);
    others.forEach(all::record);

    merged.merge(second);

    assertThat(merged.count()).isEqualTo(all.count());
    for (double p : new double[] {0, 0.5, 0.95, 0.99, 1}) {
      assertThat(merged.percentile(p)).isEqualTo(all.percentile(p));
    }
  }

  @Property
  void bucketsMiddle_isInItsBucket(@ForAll @LongRange(min = 0) long nanos) {
    int bucket = LatencyBuckets.indexOf(nanos);

    assertThat(bucket).isBetween(0, LatencyBuckets.COUNT - 1);
    assertThat(LatencyBuckets.indexOf(LatencyBuckets.middle(bucket))).isEqualTo(bucket);
  }

  @Test
  void empty_hasPercentilesOfZero() {
    assertThat(new LatencyHistogram().percentile(0.99)).isZero();
  }

  @Test
  void medianOfTwo_isTheLarger_asInTheOriginal() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(1);
    histogram.record(2);

    assertThat(histogram.percentile(0.5)).isEqualTo(2);
  }

  @Test
  void impossibleArguments_areRefused() {
    LatencyHistogram histogram = new LatencyHistogram();

    assertThatThrownBy(() -> histogram.percentile(1.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> histogram.percentile(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> histogram.add(LatencyBuckets.COUNT, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> histogram.add(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
