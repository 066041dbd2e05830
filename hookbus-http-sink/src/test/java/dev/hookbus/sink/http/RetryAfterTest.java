package dev.hookbus.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-29T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "' 7 ', 7",
    "99999999999999999999, 31536000",
    "'Thu, 29 Jan 2026 10:01:00 GMT', 60",
    "'Thu, 29 Jan 2026 09:00:00 GMT', 0",
    "'Fri, 29 Jan 2128 10:00:00 GMT', ",
  })
  void seconds_and_dates_are_understood(String header, Long seconds) {
    Duration pause = RetryAfter.parse(header, NOW);

    assertThat(pause).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
  }

  @Test
  void date_far_ahead_is_clamped_to_a_year() {
    assertThat(RetryAfter.parse("Thu, 29 Jan 2128 10:00:00 GMT", NOW))
        .isEqualTo(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-5", "soon", "1.5", "Thu, 99 Jan 2026 10:01:00 GMT"})
  void nonsense_is_ignored(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isNull();
  }
}
