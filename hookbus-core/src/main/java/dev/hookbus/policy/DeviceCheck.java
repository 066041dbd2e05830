package dev.hookbus.policy;

import dev.hookbus.policy.ShellScript.Redirection;
import java.util.List;
import java.util.Set;

/** Formatting disks, and writing to devices past their file systems. */
final class DeviceCheck implements CommandValidator.ProgramCheck {

  private static final Set<String> FORMATTERS =
      Set.of("mke2fs", "mkswap", "wipefs", "blkdiscard", "newfs");
  private static final Set<String> WRITERS = Set.of("dd", "cp", "tee", "shred", "truncate");
  private static final Set<String> HARMLESS =
      Set.of(
          "/dev/null",
          "/dev/zero",
          "/dev/full",
          "/dev/stdout",
          "/dev/stderr",
          "/dev/stdin",
          "/dev/tty",
          "/dev/random",
          "/dev/urandom",
          "/dev/ptmx");
  private static final Set<String> HARMLESS_DIRECTORIES =
      Set.of("/dev/fd/", "/dev/shm/", "/dev/pts/", "/dev/tcp/", "/dev/udp/", "/dev/mqueue/");
  private static final String OUTPUT_OF_DD = "of=";

  private final RuleDecisions decisions;

  DeviceCheck(RuleDecisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public Opinion judge(Program program, Place place) {
    Opinion opinion = Opinion.allow();
    for (Redirection redirection : program.redirections()) {
      if (redirection.writes()) {
        opinion = opinion.or(written(redirection.target().text()));
      }
    }
    String name = program.name();
    if (name.startsWith("mkfs") || FORMATTERS.contains(name)) {
      opinion =
          opinion.or(
              decisions.opinion(CommandRule.FORMAT, "'" + name + "' wipes what is on the disk."));
    }
    return WRITERS.contains(name) ? opinion.or(arguments(program)) : opinion;
  }

  private Opinion arguments(Program program) {
    Opinion opinion = Opinion.allow();
    List<ShellWord> operands = program.operands();
    boolean lastOnly = program.name().equals("cp");
    for (int i = lastOnly ? Math.max(operands.size() - 1, 0) : 0; i < operands.size(); i++) {
      String text = operands.get(i).text();
      if (text.startsWith(OUTPUT_OF_DD)) {
        opinion = opinion.or(written(text.substring(OUTPUT_OF_DD.length())));
      } else if (!program.name().equals("dd")) {
        opinion = opinion.or(written(text));
      }
    }
    return opinion;
  }

  private Opinion written(String path) {
    return isDisk(path)
        ? decisions.opinion(
            CommandRule.DEVICE_WRITE,
            "This writes to the device " + path + ", past its file system.")
        : Opinion.allow();
  }

  private static boolean isDisk(String path) {
    if (!path.startsWith("/dev/") || HARMLESS.contains(path)) {
      return false;
    }
    for (String directory : HARMLESS_DIRECTORIES) {
      if (path.startsWith(directory)) {
        return false;
      }
    }
    return true;
  }
}
