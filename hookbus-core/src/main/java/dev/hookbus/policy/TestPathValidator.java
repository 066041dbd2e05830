package dev.hookbus.policy;

import dev.hookbus.policy.Action.FileMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Keeps tests where tests belong. */
final class TestPathValidator extends FileValidator {

  private static final Set<String> EXEMPT =
      Set.of(".github", ".gitlab", ".circleci", ".ci", "ci", "scripts");

  private final List<String> directories;

  TestPathValidator(List<String> directories) {
    super(Set.of(FileMode.WRITE));
    this.directories = directories;
  }

  @Override
  Opinion judge(CanonicalPath path, FileMode mode, Place place) {
    Path project = CanonicalPath.real(place.project());
    Path file = path.real();
    if (!file.startsWith(project) || file.equals(project)) {
      return Opinion.allow();
    }
    Path inProject = project.relativize(file);
    Path name = inProject.getFileName();
    if (name == null
        || !isTest(name.toString())
        || EXEMPT.contains(inProject.getName(0).toString())) {
      return Opinion.allow();
    }
    for (String directory : directories) {
      if (file.startsWith(CanonicalPath.real(project.resolve(directory).normalize()))) {
        return Opinion.allow();
      }
    }
    return Opinion.deny(
        "'" + name + "' is a test; tests belong into " + String.join(", ", directories) + ".");
  }

  private static boolean isTest(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return name.contains(".test.")
        || name.contains(".spec.")
        || name.startsWith("test_")
        || stem.endsWith("_test")
        || (name.startsWith("test") && name.endsWith(".py"));
  }
}
