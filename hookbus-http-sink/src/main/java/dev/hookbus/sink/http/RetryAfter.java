package dev.hookbus.sink.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or a date. */
final class RetryAfter {
  /** Long enough for any receiver; the retry policy clamps further. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private RetryAfter() {}

  /** The pause it asks for, not negative and at most a year; null where it makes no sense. */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null || header.isBlank()) {
      return null;
    }
    String value = header.strip();
    Duration pause = isNumber(value) ? ofSeconds(value) : untilDate(value, now);
    if (pause == null) {
      return null;
    }
    return pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  private static boolean isNumber(String value) {
    return value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Duration ofSeconds(String digits) {
    return digits.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(digits));
  }

  private static @Nullable Duration untilDate(String value, Instant now) {
    try {
      ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(now, date.toInstant());
    } catch (DateTimeException e) {
      return null;
    }
  }
}
