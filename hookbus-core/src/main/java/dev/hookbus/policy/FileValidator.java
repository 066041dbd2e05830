package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileAccess;
import dev.hookbus.policy.Action.FileMode;
import java.util.Set;

/** Judges what is done to files, by their paths. */
abstract class FileValidator implements Validator {

  private final Set<FileMode> modes;

  /**
   * A validator of some ways to touch a file.
   *
   * @param modes all others are allowed
   */
  FileValidator(Set<FileMode> modes) {
    this.modes = modes;
  }

  @Override
  public final Opinion check(Action action) {
    if (!(action instanceof FileAccess access) || !modes.contains(access.mode())) {
      return Opinion.allow();
    }
    CanonicalPath path = CanonicalPath.of(access.path(), access.place());
    return path == null
        ? Opinion.deny("The path is no path of this system, so it can't be checked.")
        : judge(path, access.mode(), access.place());
  }

  abstract Opinion judge(CanonicalPath path, FileMode mode, Place place);
}
