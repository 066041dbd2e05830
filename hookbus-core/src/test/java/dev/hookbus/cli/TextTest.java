package dev.hookbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "9951, 10 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "13484046, 13 MB",
    "9223372036854775807, 9.2 EB"
  })
  void bytes_haveAtMostThreeDigits(long bytes, String text) {
    assertThat(Text.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0 s", "PT59S, 59 s", "PT3599S, 59 min", "PT47H, 1 d", "PT23H, 23 h"})
  void spans_areInTheirLargestUnit(Duration span, String text) {
    assertThat(Text.span(span)).isEqualTo(text);
  }
}
