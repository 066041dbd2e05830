package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileMode;
import java.nio.file.Path;
import java.util.Set;

/** Keeps the project's root tidy. */
final class RootFileValidator extends FileValidator {
  private final Set<String> allowed;

  RootFileValidator(Set<String> allowed) {
    super(Set.of(FileMode.WRITE));
    this.allowed = allowed;
  }

  @Override
  Opinion judge(CanonicalPath path, FileMode mode, Place place) {
    Path root = place.project();
    Opinion written = inRoot(path.written(), root);
    return written.or(inRoot(path.real(), CanonicalPath.real(root)));
  }

  private Opinion inRoot(Path path, Path root) {
    Path name = path.getFileName();
    if (name == null || !root.equals(path.getParent()) || allowed.contains(name.toString())) {
      return Opinion.allow();
    }
    return Opinion.deny(
        "'"
            + name
            + "' may not lie in the project's root; put it into a directory, or let a person add it"
            + " to the allowed root files.");
  }
}
