package dev.hookbus.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java to start, and how a process that lives for one call is best started by it.
 *
 * @param home the directory that holds {@code bin/java}
 * @param feature such as 17
 * @param build tells this build from every other
 */
record JavaRuntime(Path home, int feature, String build) {

  private static final int OLDEST = 17;
  private static final int FOREIGN_ACCESS_IS_ASKED_FOR = 24;
  private static final String VERSION_LINE = "JAVA_VERSION=\"";

  static JavaRuntime current() {
    return new JavaRuntime(
        Path.of(System.getProperty("java.home")),
        Runtime.version().feature(),
        Runtime.version().toString());
  }

  /** Reads the {@code release} file that every Java since 9 brings. */
  static JavaRuntime at(Path home) throws LaunchException {
    Path absolute = home.toAbsolutePath().normalize();
    if (!Files.isExecutable(absolute.resolve("bin/java"))) {
      throw new LaunchException("there is no bin/java in " + absolute);
    }
    try {
      for (String line : Files.readAllLines(absolute.resolve("release"))) {
        if (line.startsWith(VERSION_LINE)) {
          String version = line.substring(VERSION_LINE.length(), line.lastIndexOf('"'));
          int feature = Runtime.Version.parse(version).feature();
          if (feature >= OLDEST) {
            return new JavaRuntime(absolute, feature, version);
          }
          throw new LaunchException(absolute + " is Java " + version + "; 17 or newer is needed");
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof LaunchException told) {
        throw told;
      }
    }
    throw new LaunchException(absolute + " has no release file that tells its version");
  }

  Path command() {
    return home.resolve("bin").resolve("java");
  }

  /**
   * Options for a process that lives for one call. None of them changes what a program does.
   *
   * @param silentLogs whether the program brings no logging backend
   */
  List<String> options(boolean silentLogs) {
    List<String> options = new ArrayList<>();
    // The virtual machine itself must never write on the host's stdout or stderr.
    options.add("-Xlog:disable");
    // Such a process ends before the optimising compiler has paid for itself.
    options.add("-XX:TieredStopAtLevel=1");
    // A hook's few classes run a few times each; compiling them takes longer than it saves.
    options.add("-XX:CompileThresholdScaling=4");
    options.add("-XX:-UsePerfData");
    // Archives that are moved to a random address are read, and changed, from end to end.
    options.add("-XX:+IgnoreUnrecognizedVMOptions");
    options.add("-XX:+UnlockDiagnosticVMOptions");
    options.add("-XX:ArchiveRelocationMode=0");
    if (feature >= FOREIGN_ACCESS_IS_ASKED_FOR) {
      // On 17 the archive of the JDK itself is made for the default collector.
      options.add("-XX:+UseSerialGC");
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    if (hasAotCache()) {
      // What was hot in the training is compiled at once, whether it will be needed or not.
      options.add("-XX:-AOTReplayTraining");
    }
    options.add("-Dhookbus.sqlite=native");
    // Each method called by reflection would have code made for it first.
    options.add("-Djdk.reflect.useNativeAccessorOnly=true");
    options.addAll(logging(silentLogs));
    return options;
  }

  /** Options for a process that stays, and has little to do. */
  List<String> residentOptions(boolean silentLogs) {
    List<String> options = new ArrayList<>();
    options.add("-Xlog:disable");
    // Of a crash only the report stays that the command names, not what lies in the root directory.
    options.add("-XX:-CreateCoredumpOnCrash");
    options.add("-XX:+UnlockDiagnosticVMOptions");
    options.add("-XX:-DumpReplayDataOnError");
    options.add("-XX:TieredStopAtLevel=1");
    // Calls come one by one: interpreted code would make hundreds of them wait.
    options.add("-XX:CompileThresholdScaling=0.02");
    options.add("-XX:+UseSerialGC");
    if (feature >= FOREIGN_ACCESS_IS_ASKED_FOR) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    options.addAll(logging(silentLogs));
    return options;
  }

  private static List<String> logging(boolean silent) {
    return silent
        ? List.of(
            "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
            "-Dslf4j.internal.verbosity=ERROR")
        : List.of();
  }

  /** Options of the run that makes an archive when it ends. */
  List<String> trainingOptions(Path archive) {
    return List.of((hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
  }

  /** The option, up to its value, of runs that use it. One that does not fit is passed over. */
  String archiveOption() {
    return hasAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
  }

  String archiveSuffix() {
    return "-" + feature + (hasAotCache() ? ".aot" : ".jsa");
  }

  private boolean hasAotCache() {
    return feature >= 25;
  }
}
