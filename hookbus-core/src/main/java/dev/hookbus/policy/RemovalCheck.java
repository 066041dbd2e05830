package dev.hookbus.policy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removing, or moving away, what must not be lost: {@code rm} and its like, and {@code mv}. */
final class RemovalCheck implements CommandValidator.ProgramCheck {

  private static final Set<String> REMOVERS = Set.of("rm", "rmdir", "unlink", "shred", "srm");

  private static final int SHOWN_CHARS = 60;

  private final RuleDecisions decisions;

  RemovalCheck(RuleDecisions decisions) {
    this.decisions = decisions;
  }

  /** Whether a word names a program that removes files. */
  static boolean isRemover(ShellWord word) {
    return REMOVERS.contains(CommandReading.baseName(word.text()));
  }

  /** The opinion on a command by which that goes. */
  Opinion removes(String target) {
    return decisions.opinion(
        CommandRule.ROOT_REMOVAL, "This removes " + target + "; name exactly what should go.");
  }

  @Override
  public Opinion judge(Program program, Place place) {
    Opinion opinion =
        REMOVERS.contains(program.name()) || program.dynamic()
            ? removal(program, place)
            : Opinion.allow();
    return program.name().equals("mv") ? opinion.or(moving(program, place)) : opinion;
  }

  private Opinion removal(Program program, Place place) {
    boolean sweeping =
        program.has('r')
            || program.has('R')
            || program.has('f')
            || program.has("--recursive")
            || program.has("--force");
    if (program.dynamic() && !sweeping) {
      return Opinion.allow();
    }
    Opinion opinion =
        program.superuser() && !program.dynamic()
            ? decisions.opinion(
                CommandRule.SUDO_REMOVAL,
                "Removing files as superuser is left to people; remove without sudo, or ask.")
            : Opinion.allow();
    if (program.has("--no-preserve-root")) {
      return opinion.or(removes("the root directory"));
    }
    for (ShellWord operand : program.operands()) {
      opinion = opinion.or(removed(operand, program.directory(), sweeping, place));
    }
    return opinion;
  }

  private Opinion removed(
      ShellWord operand, @Nullable String directory, boolean sweeping, Place place) {
    if (operand.dynamic()) {
      return sweeping && !operand.guarded()
          ? removedIfEmpty(operand, directory, place)
          : Opinion.allow();
    }
    DangerousTarget target = DangerousTarget.of(operand, directory, place);
    return target != null && (sweeping || operand.glob())
        ? removes(target.text())
        : Opinion.allow();
  }

  private Opinion removedIfEmpty(ShellWord operand, @Nullable String directory, Place place) {
    DangerousTarget target = DangerousTarget.ifEmpty(operand, directory, place);
    return target == null
        ? Opinion.allow()
        : decisions.opinion(
            CommandRule.EMPTY_VARIABLE,
            "If '"
                + shown(operand)
                + "' is filled in with nothing, this removes "
                + target.text()
                + "; write ${NAME:?} so that an empty one stops the command.");
  }

  private static String shown(ShellWord word) {
    String text = word.text();
    return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
  }

  private Opinion moving(Program program, Place place) {
    List<ShellWord> operands = program.operands();
    Opinion opinion = Opinion.allow();
    for (int i = 0; i + 1 < operands.size(); i++) {
      ShellWord operand = operands.get(i);
      DangerousTarget target =
          operand.dynamic() || operand.glob()
              ? null
              : DangerousTarget.of(operand, program.directory(), place);
      opinion = opinion.or(target == null ? Opinion.allow() : removes(target.text()));
    }
    return opinion;
  }
}
