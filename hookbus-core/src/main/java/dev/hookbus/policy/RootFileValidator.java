package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileAccess;
import dev.hookbus.policy.Action.FileMode;
import java.nio.file.Path;
import java.util.Set;

/** Keeps the project's root tidy. */
final class RootFileValidator implements Validator {
  private final Set<String> allowed;

  RootFileValidator(Set<String> allowed) {
    this.allowed = allowed;
  }

  @Override
  public Opinion check(Action action) {
    if (!(action instanceof FileAccess access) || access.mode() != FileMode.WRITE) {
      return Opinion.allow();
    }
    CanonicalPath path = CanonicalPath.of(access.path(), access.place());
    if (path == null) {
      return PathProblem.opinion();
    }
    Path root = access.place().project();
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
