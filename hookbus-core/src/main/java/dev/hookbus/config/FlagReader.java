package dev.hookbus.config;

import dev.hookbus.files.PrivateFiles;
import dev.hookbus.store.StoreUrl;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@link Flag}s as text, and through {@link Typed} as values. Blank counts as not set. */
final class FlagReader {

  static final Set<String> TRUE = Set.of("1", "true", "yes");
  static final Set<String> FALSE = Set.of("0", "false", "no");

  /** Those of the call that is served, in a process that serves others' calls. */
  static volatile @Nullable Surroundings surroundings;

  private final @Nullable Function<String, @Nullable String> lookup;

  FlagReader(@Nullable Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  /** Flags of this process: a system property wins over the environment. */
  static FlagReader process() {
    return new FlagReader(null);
  }

  static @Nullable String processVariable(String name) {
    String property = System.getProperty(name.toLowerCase(Locale.ROOT).replace('_', '.'));
    return property == null || property.isBlank() ? environmentVariable(name) : property;
  }

  private static @Nullable String environmentVariable(String name) {
    Surroundings other = surroundings;
    return other == null ? System.getenv(name) : other.variable(name);
  }

  @Nullable String text(Flag flag) {
    return variable(flag.name());
  }

  String textOr(Flag flag, String other) {
    String text = text(flag);
    return text == null ? other : text;
  }

  boolean isSet(Flag flag) {
    return text(flag) != null;
  }

  Set<String> names(Flag flag) {
    String text = text(flag);
    if (text == null) {
      return Set.of();
    }
    Set<String> names = new LinkedHashSet<>();
    int from = 0;
    while (from <= text.length()) {
      int comma = text.indexOf(',', from);
      int to = comma < 0 ? text.length() : comma;
      String name = text.substring(from, to).strip();
      if (!name.isEmpty()) {
        names.add(name);
      }
      from = to + 1;
    }
    return names;
  }

  HookSelection selection(Flag flag) {
    Set<String> names = names(flag);
    String only = names.size() == 1 ? names.iterator().next().toLowerCase(Locale.ROOT) : "";
    if (names.isEmpty() || only.equals("all") || TRUE.contains(only)) {
      return HookSelection.ALL;
    }
    return only.equals("none") || FALSE.contains(only)
        ? HookSelection.NONE
        : new HookSelection(false, names);
  }

  Typed typed(Consumer<String> onProblem) {
    return new Typed(onProblem);
  }

  /**
   * The environment's HOME, for {@code user.home} comes from the password file instead; {@code
   * null} if neither names a directory, as for a user that only a container's command line knows.
   */
  private @Nullable Path home() {
    String home = variable("HOME");
    if (home == null) {
      home = variable("USERPROFILE");
    }
    if (home == null) {
      home = System.getProperty("user.home", "");
    }
    try {
      Path path = Path.of(home);
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException notPath) {
      // Without a locale, Java 17 takes no name that is not ASCII.
      return null;
    }
  }

  private @Nullable String variable(String name) {
    String value = lookup == null ? processVariable(name) : lookup.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Values of flags; one that can't be read is reported and gives the safe default. */
  final class Typed {

    private final Consumer<String> onProblem;

    private Typed(Consumer<String> onProblem) {
      this.onProblem = onProblem;
    }

    boolean bool(Flag flag) {
      String text = textOr(flag, flag.defaultText()).toLowerCase(Locale.ROOT);
      if (!TRUE.contains(text) && !FALSE.contains(text)) {
        onProblem.accept(flag + " takes 1, true, yes, 0, false or no; it stays off");
      }
      return TRUE.contains(text);
    }

    Path database() {
      Path home = home();
      Path safe =
          home == null
              ? PrivateFiles.temporaryHome().resolve("hookbus.db")
              : home.resolve(".hookbus").resolve("hookbus.db");
      String text = text(Flag.HOOKBUS_DB);
      if (text == null) {
        if (home == null) {
          onProblem.accept(
              Flag.HOOKBUS_DB + " must be set where HOME names no home directory; using " + safe);
        }
        return safe;
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException notPath) {
        onProblem.accept(Flag.HOOKBUS_DB + " takes a path of this system; using " + safe);
        return safe;
      }
    }

    @Nullable StoreUrl storeUrl() {
      String text = text(Flag.HOOKBUS_STORE_URL);
      if (text == null) {
        return null;
      }
      try {
        return StoreUrl.of(text);
      } catch (IllegalArgumentException notUrl) {
        onProblem.accept(
            Flag.HOOKBUS_STORE_URL + " " + notUrl.getMessage() + "; using this machine's file");
        return null;
      }
    }

    int integer(Flag flag, int smallest, int largest, int safe) {
      String text = text(flag);
      if (text == null) {
        return safe;
      }
      try {
        int value = Integer.parseInt(text);
        if (value >= smallest && value <= largest) {
          return value;
        }
      } catch (NumberFormatException notNumber) {
        // Reported below, like a number out of range.
      }
      onProblem.accept(
          flag + " takes a whole number from " + smallest + " to " + largest + "; using " + safe);
      return safe;
    }

    <E extends Enum<E>> E choice(Flag flag, E safe) {
      String text = text(flag);
      if (text == null) {
        return safe;
      }
      E[] choices = safe.getDeclaringClass().getEnumConstants();
      for (E choice : choices) {
        if (choice.name().equalsIgnoreCase(text)) {
          return choice;
        }
      }
      String names = Arrays.toString(choices).toLowerCase(Locale.ROOT);
      onProblem.accept(
          flag + " takes one of " + names + "; using " + safe.name().toLowerCase(Locale.ROOT));
      return safe;
    }
  }
}
