package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Keeps agents from files that hold secrets. */
final class EnvFileValidator extends FileValidator {

  private static final Set<String> SAMPLES =
      Set.of(".sample", ".example", ".template", ".default", ".defaults", ".dist");

  private final List<String> writable;

  EnvFileValidator(List<String> writable) {
    super(Set.of(FileMode.values()));
    this.writable = writable;
  }

  @Override
  Opinion judge(CanonicalPath path, FileMode mode, Place place) {
    boolean secret = false;
    for (String name : path.names()) {
      secret |= isEnvFile(CanonicalPath.folded(name));
    }
    if (!secret || (mode == FileMode.WRITE && isWritable(path, place))) {
      return Opinion.allow();
    }
    return Opinion.deny(
        mode == FileMode.READ
            ? "Environment files hold secrets and are not read; look at a sample such as"
                + " .env.example, or ask for the names of the variables."
            : "Environment files are changed by people; change a sample such as .env.example, and"
                + " say what has to be set.");
  }

  private static boolean isEnvFile(String name) {
    if (!name.startsWith(".env")) {
      return false;
    }
    for (String sample : SAMPLES) {
      if (name.endsWith(sample)) {
        return false;
      }
    }
    return true;
  }

  private boolean isWritable(CanonicalPath path, Place place) {
    Path parent = path.real().getParent();
    for (String directory : writable) {
      Path allowed = CanonicalPath.real(place.project().resolve(directory).normalize());
      if (allowed.equals(parent) && path.isIn(place.project())) {
        return true;
      }
    }
    return false;
  }
}
