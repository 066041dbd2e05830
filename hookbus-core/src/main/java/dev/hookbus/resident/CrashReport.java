package dev.hookbus.resident;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What the virtual machine wrote when a resident process crashed. Its first lines say why. It can
 * hold parts of what that process had in memory.
 *
 * @param file the report
 * @param written when the process crashed
 */
public record CrashReport(Path file, Instant written) {

  /**
   * The reports that are there, the newest first. A process that starts leaves three of them.
   *
   * @param directory as {@link Resident#directory} gives it; it need not exist
   */
  public static List<CrashReport> in(Path directory) throws IOException {
    return RunDirectory.crashReports(directory);
  }
}
