package dev.hookbus.payload;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built-in rules, and those of the user if there are any. */
final class StandardRedactor implements Redactor {

  static final StandardRedactor STRICT =
      new StandardRedactor(RedactionMode.STRICT, BuiltInRules.RULES);

  private final RedactionMode mode;
  private final RuleSet rules;

  StandardRedactor(RedactionMode mode, RuleSet rules) {
    this.mode = mode;
    this.rules = rules;
  }

  @Override
  public RedactionMode mode() {
    return mode;
  }

  @Override
  public byte[] redact(byte[] utf8) {
    RedactionOutput out = new RedactionOutput();
    return finish(pass(utf8, out, false), utf8, out);
  }

  @Override
  public String redact(String text) {
    byte[] utf8 = Utf8.encode(text);
    byte[] redacted = redact(utf8);
    return redacted == utf8 ? text : new String(redacted, StandardCharsets.UTF_8);
  }

  @Override
  public Redaction apply(byte[] utf8) {
    RedactionOutput out = new RedactionOutput();
    Scan scan = pass(utf8, out, false);
    return new Redaction(finish(scan, utf8, out), counts(scan.counts()));
  }

  @Override
  public List<Finding> explain(String text) {
    byte[] utf8 = Utf8.encode(text);
    List<Finding> findings = new ArrayList<>();
    int bytes = 0;
    int chars = 0;
    for (Scan.Match match : pass(utf8, new RedactionOutput(), true).matches()) {
      int start = chars + Utf8.chars(utf8, bytes, match.from());
      int end = start + Utf8.chars(utf8, match.from(), match.to());
      findings.add(new Finding(match.kind().label(), match.rule(), start, end, match.reason()));
      bytes = match.to();
      chars = end;
    }
    return List.copyOf(findings);
  }

  @Override
  public RedactingStream redactTo(OutputStream sink) {
    return StandardRedactingStream.create(mode, rules, sink);
  }

  Scan pass(byte[] utf8, RedactionOutput out, boolean explaining) {
    Scan scan = new Scan(utf8, utf8.length, mode, out, explaining);
    if (mode != RedactionMode.DISABLED) {
      scan.json = beginsLikeJson(utf8, utf8.length);
      new Redactions(rules, scan).run(utf8.length);
    }
    return scan;
  }

  private static byte[] finish(Scan scan, byte[] utf8, RedactionOutput out) {
    if (scan.floor == 0) {
      return utf8;
    }
    out.copy(utf8, scan.floor, utf8.length);
    return out.toByteArray();
  }

  /**
   * Whether quotes in the text are those of JSON: it begins with a brace, a bracket or a quote. A
   * capital behind the bracket is that of a log's level, or of one of our own tokens.
   */
  static boolean beginsLikeJson(byte[] utf8, int limit) {
    int i = 0;
    while (i < limit && Chars.is(utf8[i], Chars.SPACE)) {
      i++;
    }
    if (i < limit && utf8[i] == '[') {
      return i + 1 == limit || !Chars.is(utf8[i + 1], Chars.UPPER);
    }
    return i < limit && (utf8[i] == '{' || utf8[i] == '"');
  }

  static Map<String, Integer> counts(int[] counts) {
    Map<String, Integer> named = new HashMap<>();
    for (RedactionKind kind : RedactionKind.all()) {
      if (counts[kind.index()] > 0) {
        named.put(kind.label(), counts[kind.index()]);
      }
    }
    return Map.copyOf(named);
  }
}
