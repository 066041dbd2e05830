package dev.hookbus.policy;

import java.util.List;
import java.util.Set;

/** {@code find / | xargs rm}: removing whatever is listed where nothing must be lost. */
final class ListedRemovalCheck implements CommandValidator.PipelineCheck {

  /** Programs that give out all they take in. */
  private static final Set<String> PASSING_ON = Set.of("sort", "uniq", "cat", "tr", "tee", "rev");

  private final RemovalCheck removals;
  private final FindCheck finds;

  ListedRemovalCheck(RemovalCheck removals, FindCheck finds) {
    this.removals = removals;
    this.finds = finds;
  }

  @Override
  public Opinion judge(List<List<Program>> elements, Place place) {
    Opinion opinion = Opinion.allow();
    boolean sweeping = false;
    for (List<Program> element : elements) {
      for (Program program : element) {
        if (sweeping && program.name().equals("xargs") && removes(program)) {
          opinion = opinion.or(removals.removes("whatever is found there"));
        }
      }
      sweeping = listsEverything(element, place) || (sweeping && passesOn(element));
    }
    return opinion;
  }

  private static boolean removes(Program xargs) {
    for (ShellWord argument : xargs.arguments()) {
      if (RemovalCheck.isRemover(argument)) {
        return true;
      }
    }
    return false;
  }

  private boolean listsEverything(List<Program> element, Place place) {
    for (Program program : element) {
      boolean found =
          program.name().equals("find") && finds.found(program, place).decision() != Decision.ALLOW;
      if (found || (program.name().equals("ls") && listsDangerous(program, place))) {
        return true;
      }
    }
    return false;
  }

  private static boolean listsDangerous(Program ls, Place place) {
    List<ShellWord> operands = ls.operands();
    for (ShellWord operand : operands.isEmpty() ? List.of(ShellWord.literal(".")) : operands) {
      if (!operand.dynamic() && DangerousTarget.of(operand, ls.directory(), place) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean passesOn(List<Program> element) {
    for (Program program : element) {
      if (!PASSING_ON.contains(program.name())) {
        return false;
      }
    }
    return true;
  }
}
