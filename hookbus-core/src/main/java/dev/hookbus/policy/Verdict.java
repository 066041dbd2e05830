package dev.hookbus.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a policy says about an action: the strongest of its validators' opinions, {@link
 * Decision#DENY} over {@link Decision#ASK} over {@link Decision#HINT} over {@link Decision#ALLOW}.
 *
 * @param findings every opinion that is no allowance, in the order of the validators
 * @param failures validators that failed and are fail-open, with what they threw; worth a log line
 */
public record Verdict(List<Finding> findings, List<String> failures) {

  /** Copies the lists. */
  public Verdict {
    findings = List.copyOf(findings);
    failures = List.copyOf(failures);
  }

  /**
   * One validator's opinion.
   *
   * @param validator the validator's name
   * @param opinion what it says
   */
  public record Finding(String validator, Opinion opinion) {}

  /** What may become of the action. */
  public Decision decision() {
    Decision strongest = Decision.ALLOW;
    for (Finding finding : findings) {
      Decision decision = finding.opinion().decision();
      strongest = decision.compareTo(strongest) > 0 ? decision : strongest;
    }
    return strongest;
  }

  /** Whether it must not happen. */
  public boolean denied() {
    return decision() == Decision.DENY;
  }

  /** Why it is denied or asked about, a line for each finding of that weight; else empty. */
  public String reason() {
    Decision decision = decision();
    return decision.compareTo(Decision.ASK) < 0 ? "" : String.join("\n", texts(decision));
  }

  /** What the agent should know, whatever is decided. */
  public List<String> hints() {
    return texts(Decision.HINT);
  }

  private List<String> texts(Decision decision) {
    List<String> texts = new ArrayList<>();
    for (Finding finding : findings) {
      String text = finding.opinion().text();
      if (finding.opinion().decision() == decision && !texts.contains(text)) {
        texts.add(text);
      }
    }
    return texts;
  }
}
