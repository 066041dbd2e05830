package dev.hookbus.policy;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Where an action would happen; all paths absolute.
 *
 * @param project the project's root
 * @param directory the working directory
 * @param home the user's home
 */
public record Place(Path project, Path directory, Path home) {

  /** Makes the paths absolute. */
  public Place {
    project = project.toAbsolutePath().normalize();
    directory = directory.toAbsolutePath().normalize();
    home = home.toAbsolutePath().normalize();
  }

  /** The working directory is the project's root, and the home the one of this process. */
  public static Place of(Path project) {
    requireNonNull(project, "project");
    String home = System.getenv("HOME");
    return new Place(
        project,
        project,
        Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "/") : home));
  }

  /** The same project and home, from another working directory. */
  public Place in(Path otherDirectory) {
    return new Place(project, otherDirectory, home);
  }
}
