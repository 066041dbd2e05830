package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileAccess;
import dev.hookbus.policy.Action.FileMode;
import java.nio.file.Path;
import java.util.List;

/** Keeps an agent from changing what watches it. */
final class UntouchableValidator implements Validator {
  private final List<Path> paths;

  UntouchableValidator(List<Path> paths) {
    this.paths = paths;
  }

  @Override
  public Opinion check(Action action) {
    if (!(action instanceof FileAccess access) || access.mode() == FileMode.READ) {
      return Opinion.allow();
    }
    CanonicalPath path = CanonicalPath.of(access.path(), access.place());
    if (path == null) {
      return PathProblem.opinion();
    }
    for (Path untouchable : paths) {
      boolean above =
          access.mode() == FileMode.DELETE
              && (untouchable.startsWith(path.written())
                  || CanonicalPath.real(untouchable).startsWith(path.real()));
      if (above || path.isIn(untouchable)) {
        return Opinion.deny("This belongs to the policy of the project, which only people change.");
      }
    }
    return Opinion.allow();
  }
}
