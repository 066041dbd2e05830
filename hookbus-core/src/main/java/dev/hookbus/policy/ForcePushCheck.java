package dev.hookbus.policy;

/** {@code git push} that overwrites a branch. */
final class ForcePushCheck implements CommandValidator.ProgramCheck {

  private final RuleDecisions decisions;

  ForcePushCheck(RuleDecisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public Opinion judge(Program program, Place place) {
    return program.name().equals("git") && isForcedPush(program)
        ? decisions.opinion(
            CommandRule.FORCE_PUSH, "This overwrites a branch that others may have built upon.")
        : Opinion.allow();
  }

  private static boolean isForcedPush(Program git) {
    boolean push = false;
    boolean forced =
        git.has("--force") || git.has("--mirror") || git.has("--force-with-lease") || git.has('f');
    for (ShellWord operand : git.operands()) {
      push |= operand.text().equals("push");
      forced |= push && operand.text().startsWith("+") && operand.text().length() > 1;
    }
    return push && forced;
  }
}
