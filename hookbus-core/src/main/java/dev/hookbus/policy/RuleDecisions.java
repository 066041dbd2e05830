package dev.hookbus.policy;

import java.util.EnumMap;
import java.util.Map;

/** What is decided where a rule is broken. */
final class RuleDecisions {

  private final Map<CommandRule, Decision> decisions = new EnumMap<>(CommandRule.class);

  /** The standard ones, but for these. */
  RuleDecisions(Map<CommandRule, Decision> changes) {
    for (CommandRule rule : CommandRule.values()) {
      decisions.put(rule, rule.standard());
    }
    decisions.putAll(changes);
  }

  /** The opinion on a command that breaks a rule. */
  Opinion opinion(CommandRule rule, String text) {
    Decision decision = decisions.getOrDefault(rule, rule.standard());
    return decision == Decision.ALLOW
        ? Opinion.allow()
        : new Opinion(decision, text + " [" + rule.configName() + "]");
  }
}
