package dev.hookbus.policy;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose loss is a disaster.
 *
 * @param machine whether it belongs to the machine rather than to its user
 * @param text what it is, in words of people
 */
record DangerousTarget(boolean machine, String text) {

  private static final Set<String> HOMES = Set.of("/home", "/Users");
  private static final Set<String> SCRATCH = Set.of("/tmp", "/var/tmp");
  private static final Set<String> DEEP =
      Set.of(
          "/usr/bin",
          "/usr/sbin",
          "/usr/lib",
          "/usr/lib64",
          "/usr/local",
          "/usr/share",
          "/usr/include",
          "/var/lib",
          "/var/log",
          "/var/spool",
          "/var/cache",
          "/boot/efi",
          "/System/Library",
          "/Library/Application Support");

  /** What a word names; null if it is nothing special. */
  static @Nullable DangerousTarget of(ShellWord word, @Nullable String directory, Place place) {
    return of(word.text(), word.glob(), directory, place);
  }

  /** As {@link #of}, with every unknown part of the word taken as empty. */
  static @Nullable DangerousTarget ifEmpty(
      ShellWord word, @Nullable String directory, Place place) {
    String text = withoutUnknown(word.text());
    return text.isEmpty() ? null : of(text, word.glob(), directory, place);
  }

  private static @Nullable DangerousTarget of(
      String written, boolean glob, @Nullable String directory, Place place) {
    String text = written;
    boolean everything = false;
    while (glob && isEverything(lastPart(text))) {
      everything = true;
      int slash = text.lastIndexOf('/');
      text = slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash);
    }
    if (directory == null && !text.startsWith("/")) {
      return everything && text.equals(".")
          ? new DangerousTarget(false, "everything in a directory that can't be told")
          : null;
    }
    Path path = CommandReading.pathOf(text.startsWith("/") ? text : directory + "/" + text);
    if (path == null) {
      return null;
    }
    DangerousTarget found = named(path.normalize(), everything, place);
    return found == null ? named(CanonicalPath.real(path), everything, place) : found;
  }

  private static @Nullable DangerousTarget named(Path path, boolean everything, Place place) {
    String text = path.toString();
    String what = everything ? "everything in " : "";
    if (path.getNameCount() == 0) {
      return new DangerousTarget(true, what + "the root directory");
    }
    if (path.equals(place.home()) || (HOMES.contains(parent(path)) || text.equals("/root"))) {
      return new DangerousTarget(false, what + "a home directory");
    }
    if (place.project().startsWith(path)) {
      return new DangerousTarget(false, what + "the project's directory");
    }
    if (place.home().startsWith(path) || HOMES.contains(text)) {
      return new DangerousTarget(true, what + "the directory above a home");
    }
    if (SCRATCH.contains(text)) {
      return null;
    }
    if (path.getNameCount() == 1 || DEEP.contains(text)) {
      return new DangerousTarget(true, what + "the system directory " + text);
    }
    return null;
  }

  private static boolean isEverything(String part) {
    return part.equals(".*") || part.equals(".[!.]*") || Glob.takesEverything(part);
  }

  private static String lastPart(String text) {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static String parent(Path path) {
    return String.valueOf(path.getParent());
  }

  /** Takes {@code $NAME}, {@code $()} and the like out of a text. */
  private static String withoutUnknown(String text) {
    StringBuilder rest = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '$' || i + 1 == text.length()) {
        rest.append(c);
        i++;
      } else if (text.startsWith("$(())", i)) {
        i += 5;
      } else if (text.startsWith("$()", i)) {
        i += 3;
      } else {
        int end = i + 1;
        while (end < text.length() && ShellChars.isNamePart(text.charAt(end))) {
          end++;
        }
        i = Math.max(end, i + 2);
      }
    }
    return rest.toString();
  }
}
