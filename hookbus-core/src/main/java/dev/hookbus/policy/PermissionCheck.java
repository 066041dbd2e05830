package dev.hookbus.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Letting everybody write, and giving system directories away. */
final class PermissionCheck implements CommandValidator.ProgramCheck {

  private static final Set<String> SYSTEM_DIRECTORIES =
      Set.of(
          "/etc",
          "/usr",
          "/bin",
          "/sbin",
          "/lib",
          "/lib64",
          "/boot",
          "/dev",
          "/proc",
          "/sys",
          "/var",
          "/opt",
          "/root",
          "/System",
          "/Library");

  private final RuleDecisions decisions;

  PermissionCheck(RuleDecisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public Opinion judge(Program program, Place place) {
    return switch (program.name()) {
      case "chmod" -> {
        List<ShellWord> operands = program.operands();
        yield !operands.isEmpty() && opensToAll(operands.get(0).text())
            ? decisions
                .opinion(
                    CommandRule.OPEN_PERMISSIONS,
                    "This lets every user of the machine write here; 755 or 644 is nearly always"
                        + " meant.")
                .or(system(program, place))
            : Opinion.allow();
      }
      case "chown", "chgrp" ->
          program.has('R') || program.has("--recursive") ? system(program, place) : Opinion.allow();
      default -> Opinion.allow();
    };
  }

  /** The opinion on what is changed, which follows the mode or owner. */
  private Opinion system(Program program, Place place) {
    List<ShellWord> operands = program.operands();
    for (int i = 1; i < operands.size(); i++) {
      CanonicalPath path = path(operands.get(i), program.directory(), place);
      if (path != null
          && (isSystem(path.written().toString()) || isSystem(path.real().toString()))) {
        return decisions.opinion(
            CommandRule.SYSTEM_PERMISSIONS, "This changes who may write in a system directory.");
      }
    }
    return Opinion.allow();
  }

  private static @Nullable CanonicalPath path(
      ShellWord operand, @Nullable String directory, Place place) {
    if (operand.text().startsWith("/")) {
      return CanonicalPath.of(operand.text(), place);
    }
    return operand.dynamic() || directory == null
        ? null
        : CanonicalPath.of(directory + "/" + operand.text(), place);
  }

  private static boolean isSystem(String path) {
    if (path.equals("/") || path.equals("/*")) {
      return true;
    }
    int end = path.indexOf('/', 1);
    return SYSTEM_DIRECTORIES.contains(end < 0 ? path : path.substring(0, end));
  }

  /** Whether a mode lets others write: an octal with 2 in its last digit, or {@code o+w}. */
  private static boolean opensToAll(String mode) {
    boolean octal = !mode.isEmpty();
    for (int i = 0; i < mode.length(); i++) {
      octal &= mode.charAt(i) >= '0' && mode.charAt(i) <= '7';
    }
    if (octal) {
      // A directory like /tmp is open, but the sticky bit keeps its files apart.
      boolean sticky = mode.length() == 4 && (mode.charAt(0) & 1) == 1;
      return !sticky && mode.length() >= 3 && ((mode.charAt(mode.length() - 1) - '0') & 2) != 0;
    }
    int sign = Math.max(mode.indexOf('+'), mode.indexOf('='));
    if (sign < 0 || mode.indexOf('w', sign) < 0) {
      return false;
    }
    String who = mode.substring(0, sign);
    return who.indexOf('o') >= 0 || who.indexOf('a') >= 0;
  }
}
