package dev.hookbus.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * RFC 3339 in UTC with three digits of milliseconds; written by hand, a formatter loads locales.
 */
final class Timestamps {
  private Timestamps() {}

  static Instant truncated(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  static String format(Instant instant) {
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(24);
    pad(out, utc.getYear(), 4).append('-');
    pad(out, utc.getMonthValue(), 2).append('-');
    pad(out, utc.getDayOfMonth(), 2).append('T');
    pad(out, utc.getHour(), 2).append(':');
    pad(out, utc.getMinute(), 2).append(':');
    pad(out, utc.getSecond(), 2).append('.');
    return pad(out, utc.getNano() / 1_000_000, 3).append('Z').toString();
  }

  /** Any offset and any number of fraction digits is understood. */
  static Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new EventFormatException("ts is not an RFC 3339 timestamp", e);
    }
  }

  private static StringBuilder pad(StringBuilder out, int value, int width) {
    String digits = Integer.toString(value);
    return out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
