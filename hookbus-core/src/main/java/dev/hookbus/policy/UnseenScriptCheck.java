package dev.hookbus.policy;

import java.util.List;
import java.util.Set;

/** Running what was downloaded or decoded a moment ago and nobody has read. */
final class UnseenScriptCheck {

  private static final Set<String> DOWNLOADERS = Set.of("curl", "wget", "fetch", "aria2c", "http");
  private static final Set<String> DECODERS =
      Set.of("base64", "base32", "xxd", "uudecode", "openssl");
  private static final Set<String> INTERPRETERS =
      Set.of("python", "python2", "python3", "perl", "ruby", "node", "php");
  private static final Set<String> BUILT_IN = Set.of("eval", "source", ".");

  private final RuleDecisions decisions;

  UnseenScriptCheck(RuleDecisions decisions) {
    this.decisions = decisions;
  }

  /** {@code sh -c "$(curl …)"}, {@code eval "$(curl …)"}, {@code . <(curl …)}. */
  Opinion program(Program program, Place place) {
    String name = program.name();
    boolean runs =
        StartedPrograms.SHELLS.contains(name)
            || INTERPRETERS.contains(name)
            || BUILT_IN.contains(name);
    return runs && anySource(program.sources()) ? unseen() : Opinion.allow();
  }

  /** {@code curl … | sh}. */
  Opinion pipeline(List<List<Program>> elements, Place place) {
    Opinion opinion = Opinion.allow();
    boolean unseenSource = false;
    for (List<Program> element : elements) {
      for (Program program : element) {
        if (unseenSource && readsScript(program)) {
          opinion = opinion.or(unseen());
        }
      }
      unseenSource |= anySource(element);
    }
    return opinion;
  }

  private Opinion unseen() {
    return decisions.opinion(
        CommandRule.PIPE_TO_SHELL,
        "This runs what nobody has seen; save it to a file, read it, then run it.");
  }

  private static boolean readsScript(Program program) {
    List<ShellWord> operands = program.operands();
    if (StartedPrograms.SHELLS.contains(program.name())) {
      return !program.has('c') && (operands.isEmpty() || program.has('s'));
    }
    return INTERPRETERS.contains(program.name())
        && !program.has('c')
        && !program.has('e')
        && !program.has('m')
        && !program.has('n')
        && (operands.isEmpty() || operands.get(0).text().equals("-"));
  }

  private static boolean anySource(List<Program> programs) {
    for (Program program : programs) {
      if (DOWNLOADERS.contains(program.name()) || decodes(program)) {
        return true;
      }
    }
    return false;
  }

  private static boolean decodes(Program program) {
    return DECODERS.contains(program.name())
        && (program.has('d')
            || program.has('D')
            || program.has('r')
            || program.has("--decode")
            || program.name().equals("uudecode"));
  }
}
