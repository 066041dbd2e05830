package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Keeps an agent from changing what watches it. */
final class UntouchableValidator extends FileValidator {
  private final List<Path> paths;

  UntouchableValidator(List<Path> paths) {
    super(Set.of(FileMode.WRITE, FileMode.DELETE));
    this.paths = paths;
  }

  @Override
  Opinion judge(CanonicalPath path, FileMode mode, Place place) {
    for (Path untouchable : paths) {
      boolean above =
          mode == FileMode.DELETE
              && (untouchable.startsWith(path.written())
                  || CanonicalPath.real(untouchable).startsWith(path.real()));
      if (above || path.isIn(untouchable)) {
        return Opinion.deny("This belongs to the policy of the project, which only people change.");
      }
    }
    return Opinion.allow();
  }
}
