package dev.hookbus.payload;

/** The rules every redactor has. Apart, so that the table is decoded when the first text comes. */
final class BuiltInRules {

  static final RuleSet RULES =
      new RuleSet(KeywordTableCodec.decode(), CustomFields.NONE, CustomPatterns.NONE);

  private BuiltInRules() {}
}
