package dev.hookbus.policy;

import java.util.List;
import java.util.Map;

/** Looks through the programs of a command for what destroys machines. */
final class CommandValidator implements Validator {

  /** Something to look for in a single program. */
  @FunctionalInterface
  interface ProgramCheck {
    Opinion judge(Program program, Place place);
  }

  /** Something to look for in programs that a pipe connects; an element may be several. */
  @FunctionalInterface
  interface PipelineCheck {
    Opinion judge(List<List<Program>> elements, Place place);
  }

  private final RuleDecisions decisions;
  private final List<ProgramCheck> programChecks;
  private final List<PipelineCheck> pipelineChecks;

  CommandValidator(Map<CommandRule, Decision> changes) {
    decisions = new RuleDecisions(changes);
    RemovalCheck removals = new RemovalCheck(decisions);
    FindCheck finds = new FindCheck(removals);
    UnseenScriptCheck scripts = new UnseenScriptCheck(decisions);
    programChecks =
        List.of(
            new DeviceCheck(decisions),
            removals,
            new PermissionCheck(decisions),
            finds,
            new ForcePushCheck(decisions),
            scripts::program);
    pipelineChecks = List.of(scripts::pipeline, new ListedRemovalCheck(removals, finds));
  }

  @Override
  public Opinion check(Action action) {
    return action instanceof Action.Command command
        ? judge(command.reading(), command.place())
        : Opinion.allow();
  }

  private Opinion judge(CommandReading reading, Place place) {
    Opinion worst = Opinion.allow();
    for (Program program : reading.programs()) {
      for (ProgramCheck check : programChecks) {
        worst = worst.or(check.judge(program, place));
      }
    }
    for (List<List<Program>> pipeline : reading.pipelines()) {
      for (PipelineCheck check : pipelineChecks) {
        worst = worst.or(check.judge(pipeline, place));
      }
    }
    if (reading.forkBomb()) {
      worst =
          worst.or(
              decisions.opinion(
                  CommandRule.FORK_BOMB,
                  "This function starts itself again and again until the machine stops."));
    }
    if (reading.tooDeep()) {
      worst =
          worst.or(
              decisions.opinion(
                  CommandRule.UNREADABLE,
                  "This command is nested too deeply to be checked; write it in plain steps."));
    }
    return worst;
  }
}
