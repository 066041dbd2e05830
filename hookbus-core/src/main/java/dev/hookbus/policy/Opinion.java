package dev.hookbus.policy;

import static java.util.Objects.requireNonNull;

/**
 * What one validator says about one action.
 *
 * @param decision what may become of the action
 * @param text for people and for the agent: what is wrong, and what to do instead; empty for {@link
 *     Decision#ALLOW}
 */
public record Opinion(Decision decision, String text) {

  private static final Opinion ALLOW = new Opinion(Decision.ALLOW, "");

  /** Everything but an allowance says why. */
  public Opinion {
    requireNonNull(decision, "decision");
    if (decision != Decision.ALLOW && text.isBlank()) {
      throw new IllegalArgumentException(decision + " needs a text");
    }
  }

  /** Has nothing against it. */
  public static Opinion allow() {
    return ALLOW;
  }

  /** Lets it go on, and tells the agent something. */
  public static Opinion hint(String text) {
    return new Opinion(Decision.HINT, text);
  }

  /** Wants a person to decide. */
  public static Opinion ask(String reason) {
    return new Opinion(Decision.ASK, reason);
  }

  /** Is against it. */
  public static Opinion deny(String reason) {
    return new Opinion(Decision.DENY, reason);
  }

  /** This opinion, or the other where that is stronger. */
  Opinion or(Opinion other) {
    return other.decision.compareTo(decision) > 0 ? other : this;
  }
}
