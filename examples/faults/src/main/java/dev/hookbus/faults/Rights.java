package dev.hookbus.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Rights to files, which root has anyway: so children give root's privileges up. */
final class Rights {

  private static final String[] UNPRIVILEGED = {
    "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"
  };

  private Rights() {}

  /** Why rights can't be taken away here; empty if they can. */
  static String obstacle() throws InterruptedException {
    if (!isRoot()) {
      return "";
    }
    String failure =
        Shell.run(
            "setpriv",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--",
            "sh",
            "-c",
            "d=$(mktemp -d) && chmod 500 $d && ! touch $d/file 2>/dev/null; r=$?; rm -rf $d; exit $r");
    return failure.isEmpty() ? "" : "root's privileges can't be given up here: " + failure;
  }

  /** A child to which the rights of files apply. */
  static Child.Launch launch() {
    return isRoot() ? Child.launch().under(UNPRIVILEGED) : Child.launch();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  static void set(Path file, String rights) throws IOException {
    if (Files.exists(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }
  }
}
