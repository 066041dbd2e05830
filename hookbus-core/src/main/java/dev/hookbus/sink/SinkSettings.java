package dev.hookbus.sink;

import static java.util.Objects.requireNonNull;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A sink's settings, read by flag. A blank value is an absent one.
 *
 * <pre>{@code
 * SinkSettings settings = SinkSettings.of(System::getenv);
 * int maxEvents = (int) settings.number("HOOKBUS_HTTP_BATCH_EVENTS", 500, 1, 10_000);
 * }</pre>
 */
public final class SinkSettings {
  private static final Set<String> TRUE = Set.of("1", "true", "yes", "on");
  private static final Set<String> FALSE = Set.of("0", "false", "no", "off");

  private final UnaryOperator<@Nullable String> flags;

  private SinkSettings(UnaryOperator<@Nullable String> flags) {
    this.flags = requireNonNull(flags, "flags");
  }

  /**
   * Settings looked up by that function.
   *
   * @param flags gives a flag's value by its name, null where it is not set
   */
  public static SinkSettings of(UnaryOperator<@Nullable String> flags) {
    return new SinkSettings(flags);
  }

  /** The flag's text without surrounding blanks; null where it is not set. */
  public @Nullable String text(String flag) {
    String value = flags.apply(flag);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Whether the flag is set to nothing: the way to switch off what has a default. */
  public boolean emptied(String flag) {
    String value = flags.apply(flag);
    return value != null && value.isBlank();
  }

  /** The flag's text, or the default. */
  public String text(String flag, String absent) {
    String value = text(flag);
    return value == null ? absent : value;
  }

  /**
   * The flag's whole number, or the default.
   *
   * @throws SinkConfigurationException where it is no number from {@code min} to {@code max}
   */
  public long number(String flag, long absent, long min, long max) {
    String value = text(flag);
    if (value == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message, which does not repeat the value.
    }
    throw new SinkConfigurationException(flag, "must be a whole number from " + min + " to " + max);
  }

  /**
   * The flag's time in milliseconds, or the default; at least 1 ms and at most a day.
   *
   * @throws SinkConfigurationException where it is no such number
   */
  public Duration millis(String flag, Duration absent) {
    return Duration.ofMillis(number(flag, absent.toMillis(), 1, Duration.ofDays(1).toMillis()));
  }

  /**
   * The switch: 1, true, yes, on, or 0, false, no, off, in any case.
   *
   * @throws SinkConfigurationException where it is something else
   */
  public boolean on(String flag, boolean absent) {
    String value = text(flag);
    if (value == null) {
      return absent;
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
      throw new SinkConfigurationException(flag, "must be 1 or 0");
    }
    return TRUE.contains(lower);
  }

  /**
   * The flag's constant, written in any case with {@code -} or {@code _}, or the default.
   *
   * @throws SinkConfigurationException where no constant has that name; the message lists them
   */
  public <E extends Enum<E>> E choice(String flag, E absent) {
    String value = text(flag);
    if (value == null) {
      return absent;
    }
    String wanted = value.toUpperCase(Locale.ROOT).replace('-', '_');
    StringBuilder names = new StringBuilder();
    for (E constant : absent.getDeclaringClass().getEnumConstants()) {
      if (constant.name().equals(wanted)) {
        return constant;
      }
      names.append(names.isEmpty() ? "" : ", ");
      names.append(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    throw new SinkConfigurationException(flag, "must be one of " + names);
  }

  /**
   * The flag's path, with a leading {@code ~} as the home directory; null where it is not set.
   *
   * @throws SinkConfigurationException where it is no path
   */
  public @Nullable Path path(String flag) {
    String value = text(flag);
    if (value == null) {
      return null;
    }
    try {
      boolean inHome = value.equals("~") || value.startsWith("~/");
      return inHome ? home().resolve(value.substring(1).replaceFirst("^/", "")) : Path.of(value);
    } catch (InvalidPathException e) {
      throw new SinkConfigurationException(flag, "must be a path");
    }
  }

  /**
   * The user's home: {@code HOME}, not what Java took for it when the user has none.
   *
   * @throws SinkConfigurationException where neither names a directory
   */
  public Path home() {
    String home = text("HOME");
    Path path = Path.of(home == null ? System.getProperty("user.home", "") : home);
    if (!path.isAbsolute()) {
      throw new SinkConfigurationException("HOME", "names no home directory");
    }
    return path;
  }
}
