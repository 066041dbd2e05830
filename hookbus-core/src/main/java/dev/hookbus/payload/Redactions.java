package dev.hookbus.payload;

import org.jspecify.annotations.Nullable;

/** Drives the automaton over a text and the rules over its triggers. */
final class Redactions {

  private final RuleSet rules;
  private final Scan scan;
  private int ceiling = Integer.MAX_VALUE;
  private @Nullable FieldRule fields;
  private int state;

  Redactions(RuleSet rules, Scan scan) {
    this.rules = rules;
    this.scan = scan;
    scan.redactions = this;
  }

  /**
   * Passes over what lies between the current trigger and a secret that it has led to, such as the
   * user of a URL, as if the text ended there.
   */
  void runGap(int to) {
    if (to <= scan.pos || ceiling != Integer.MAX_VALUE) {
      return;
    }
    int low = scan.low;
    int high = scan.high;
    int pos = scan.pos;
    ceiling = to;
    state = scan.pos == scan.floor ? 0 : state;
    run(to);
    ceiling = Integer.MAX_VALUE;
    scan.tail = Scan.TAIL_NONE;
    scan.low = low;
    scan.high = high;
    scan.pos = pos;
  }

  /**
   * Goes on to {@code until}. Where the text does not end there, {@link Scan#AHEAD} bytes more must
   * be known.
   */
  void run(int until) {
    Automaton automaton = rules.automaton;
    while (scan.pos < until) {
      if (scan.tail != Scan.TAIL_NONE) {
        skipTail(until);
        continue;
      }
      long found = automaton.find(scan.in, scan.pos, until, state);
      state = (int) (found >>> 32);
      scan.pos = (int) found;
      if (automaton.accepts(state)) {
        int at = scan.pos;
        scan.low = Math.max(0, at - Scan.BEHIND);
        scan.high = Math.min(Math.min(scan.limit, ceiling), at + Scan.AHEAD);
        apply(automaton, at);
        if (scan.pos != at) {
          state = 0;
        }
      }
    }
  }

  /** Applies the rules of all keywords that end here, longest first, until one has replaced. */
  private void apply(Automaton automaton, int end) {
    int floor = scan.floor;
    for (int k = automaton.firstKeyword(state); automaton.action(k) != Automaton.END; k += 2) {
      apply(automaton.action(k), end - automaton.length(k), end);
      if (scan.floor != floor) {
        return;
      }
    }
  }

  private void apply(int action, int start, int end) {
    switch (action) {
      case Keywords.FIELD -> {
        // A field's own gap holds no other field, and the rule is at work on this one.
        if (ceiling == Integer.MAX_VALUE) {
          fieldRule().check(start, end);
        }
      }
      case Keywords.MAIL -> mail(start, end);
      case Keywords.NUMBER -> NumberRule.check(scan, start, end);
      case Keywords.ADDRESS -> AddressRule.check(scan, start, end);
      case Keywords.ADDRESS_V6 -> AddressRule.checkV6(scan, start, end);
      case Keywords.HOME -> HomeRule.check(scan, start, end);
      case Keywords.URL -> UrlRule.check(scan, start, end);
      case Keywords.KEY_BLOCK -> KeyBlockRule.check(scan, start, end);
      case Keywords.JWT -> CredentialRule.jwt(scan, start);
      case Keywords.SCHEME -> CredentialRule.scheme(scan, start, end);
      case Keywords.COMMAND -> CommandRule.check(scan, start, end);
      case Keywords.SIGNATURE -> CredentialRule.signature(scan, start, end);
      default -> {
        if (action >= Keywords.CUSTOM) {
          rules.patterns.check(scan, action - Keywords.CUSTOM, start, end);
        } else {
          rules.format(action - Keywords.TOKENS).check(scan, start);
        }
      }
    }
  }

  private void mail(int start, int end) {
    boolean escaped = scan.lower(start) == 'u';
    if (!escaped || scan.at(start - 1) == '\\') {
      MailRule.check(scan, escaped ? start - 1 : start, end);
    }
  }

  private FieldRule fieldRule() {
    FieldRule rule = fields;
    if (rule == null) {
      rule = new FieldRule(scan, rules.fields);
      fields = rule;
    }
    return rule;
  }

  /** Swallows the rest of a secret that was longer than a rule could see. */
  private void skipTail(int until) {
    int end =
        switch (scan.tail) {
          case Scan.TAIL_RUN -> runEnd(until);
          case Scan.TAIL_QUOTED -> quotedEnd(until);
          default -> KeyBlockRule.tailEnd(scan, scan.pos, until);
        };
    if (end < until) {
      scan.tail = Scan.TAIL_NONE;
    }
    scan.pos = end;
    scan.floor = end;
  }

  private int runEnd(int until) {
    int i = scan.pos;
    while (i < until && Chars.is(scan.in[i], scan.tailMask)) {
      i++;
    }
    return i;
  }

  private int quotedEnd(int until) {
    int end = scan.tailQuote.end(scan, scan.pos, Math.min(scan.limit, until + Scan.AHEAD));
    return Math.min(end, until);
  }
}
