package dev.hookbus.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Property
  void whatIsWritten_isReadBack(@ForAll long high, @ForAll long low, @ForAll long span) {
    RunId run = new RunId(new UUID(high | 1, low));
    CorrelationId call = new CorrelationId(Hex.of(span | 1));

    TraceParent header = TraceParent.of(run, call);

    assertThat(TraceParent.parse(header.toString())).contains(header);
    assertThat(header.runId()).isEqualTo(run);
  }

  @Property
  void anyText_isReadWithoutError(@ForAll String text) {
    TraceParent.parse(text).ifPresent(header -> assertThat(header.traceId()).hasSize(32));
  }

  @Test
  void flagOfTheSender_isKept() {
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-00").orElseThrow().sampled())
        .isFalse();
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-01").orElseThrow().sampled())
        .isTrue();
  }

  @Test
  void headerOfALaterVersion_isReadByItsKnownPart() {
    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-01-what-is-this")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN,
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00_" + TRACE + "-" + SPAN + "-01"
      })
  void malformedHeader_isNoParent(String header) {
    assertThat(TraceParent.parse(header)).isEmpty();
  }
}
