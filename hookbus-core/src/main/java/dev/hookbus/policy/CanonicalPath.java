package dev.hookbus.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A path in the two forms that matter: as it is written, and as the file system understands it.
 * They differ where a link is on the way.
 *
 * @param written absolute, without {@code .} and {@code ..}
 * @param real with every link followed, as far as the path exists
 */
record CanonicalPath(Path written, Path real) {

  private static final int MAX_LINKS = 40;

  /**
   * The canonical forms of a path as a tool names it.
   *
   * @return null if it is no path, as with a NUL in it
   */
  static @Nullable CanonicalPath of(String text, Place place) {
    try {
      Path path = place.directory().resolve(text);
      return new CanonicalPath(path.normalize(), real(path));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Whether it lies in that directory, or is it, in one form or the other. */
  boolean isIn(Path directory) {
    return written.startsWith(directory) || real.startsWith(real(directory));
  }

  /** The names it goes by: one, or two if the last part is a link. */
  String[] names() {
    return new String[] {name(written), name(real)};
  }

  private static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString();
  }

  /**
   * A file name as the least exact file systems see it: without case, without the dots and blanks
   * at its end and the name of a stream, which Windows drops.
   */
  static String folded(String name) {
    int colon = name.indexOf(':');
    int end = colon > 0 ? colon : name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    return name.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /**
   * Follows links part by part, as the kernel does: {@code ..} behind a link leads out of the
   * link's target, so nothing may be shortened before.
   */
  static Path real(Path path) {
    Path resolved = path.getRoot() == null ? Path.of("/") : path.getRoot();
    int links = 0;
    for (int i = 0; i < path.getNameCount(); i++) {
      String name = path.getName(i).toString();
      if (name.equals("..")) {
        resolved = resolved.getParent() == null ? resolved : resolved.getParent();
      } else if (!name.equals(".") && !name.isEmpty()) {
        Path next = resolved.resolve(name);
        if (links < MAX_LINKS && Files.isSymbolicLink(next)) {
          links++;
          resolved = followed(next, resolved);
        } else {
          resolved = next;
        }
      }
    }
    return resolved;
  }

  private static Path followed(Path link, Path parent) {
    try {
      return link.toRealPath();
    } catch (IOException dangling) {
      try {
        return parent.resolve(Files.readSymbolicLink(link)).normalize();
      } catch (IOException unreadable) {
        return link;
      }
    }
  }
}
