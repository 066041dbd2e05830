package dev.hookbus.payload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a redactor: an automaton, and what the actions of its keywords mean. */
final class RuleSet {

  final Automaton automaton;
  final CustomFields fields;
  final CustomPatterns patterns;
  private @Nullable List<TokenFormat> formats;

  RuleSet(Automaton automaton, CustomFields fields, CustomPatterns patterns) {
    this.automaton = automaton;
    this.fields = fields;
    this.patterns = patterns;
  }

  /** A format of the catalogue, which is read when the first trigger of any is met. */
  TokenFormat format(int index) {
    List<TokenFormat> all = formats;
    if (all == null) {
      all = TokenFormat.all();
      formats = all;
    }
    return all.get(index);
  }
}
