package dev.hookbus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as people read them. */
final class Text {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int KILO = 1000;
  private static final String UNITS = "kMGTPE";

  private Text() {}

  static String millis(double millis) {
    return String.format(Locale.ROOT, "%.2f", millis);
  }

  static String percent(double percent) {
    return String.format(Locale.ROOT, "%.1f %%", percent);
  }

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A count with its noun, such as {@code 1 key} and {@code 2 keys}. */
  static String count(long n, String noun) {
    return count(n) + " " + noun + (n == 1 ? "" : "s");
  }

  /** A size of at most three digits and a unit. */
  static String bytes(long bytes) {
    if (bytes < KILO) {
      return bytes + " B";
    }
    double size = bytes;
    int unit = -1;
    while (size >= KILO - 0.5 && unit + 1 < UNITS.length()) {
      size /= KILO;
      unit++;
    }
    return String.format(
        Locale.ROOT, size < 9.95 ? "%.1f %cB" : "%.0f %cB", size, UNITS.charAt(unit));
  }

  /** A time of day and date, in UTC. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** A length of time in its largest unit, rounded down. */
  static String span(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }

  /** Without line breaks and escape sequences: recorded text must not steer a terminal. */
  static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /** At most {@code length} characters, an ellipsis included. */
  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
  }
}
