package dev.hookbus.payload;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Collects and checks the settings of a redactor. */
final class RedactorBuilder implements Redactor.Builder {

  private static final int SHORTEST_LITERAL = 3;
  private static final int LONGEST_LITERAL = 32;

  private final List<String> fields = new ArrayList<>();
  private final List<Keywords.Keyword> keywords = new ArrayList<>();
  private final List<RegexPatterns.Rule> patterns = new ArrayList<>();
  private RedactionMode mode = RedactionMode.STRICT;
  private Duration deadline = Duration.ofMillis(50);

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder mode(RedactionMode value) {
    mode = requireNonNull(value, "mode");
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder fields(String... names) {
    for (String name : names) {
      String normalized = CustomFields.normalize(name);
      String trigger = firstWord(name);
      if (trigger.isEmpty() || normalized.chars().anyMatch(c -> c > 127)) {
        throw new IllegalArgumentException("A field name must begin with an ASCII letter.");
      }
      fields.add(normalized);
      keywords.add(new Keywords.Keyword(trigger, Keywords.FIELD));
    }
    return this;
  }

  /** What all spellings of a name have in common: the letters of its first word. */
  private static String firstWord(String name) {
    int end = 0;
    while (end < name.length()
        && Character.isLetter(name.charAt(end))
        && (end < 2 || !Character.isUpperCase(name.charAt(end)) || isUpper(name))) {
      end++;
    }
    return name.substring(0, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isUpper(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder pattern(String name, String literal, String regex) {
    requireNonNull(name, "name");
    if (literal.length() < SHORTEST_LITERAL
        || literal.length() > LONGEST_LITERAL
        || literal.chars().anyMatch(c -> c > 127)) {
      throw new IllegalArgumentException(
          "The literal of pattern \"" + name + "\" must be 3 to 32 ASCII characters.");
    }
    // PatternSyntaxException is an IllegalArgumentException that shows what is wrong.
    patterns.add(new RegexPatterns.Rule(name, literal, Pattern.compile(regex)));
    String trigger = literal.toLowerCase(Locale.ROOT);
    keywords.add(new Keywords.Keyword(trigger, Keywords.CUSTOM + patterns.size() - 1));
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder patternDeadline(Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("patternDeadline must be positive, but is " + value);
    }
    deadline = value;
    return this;
  }

  @Override
  public Redactor build() {
    if (keywords.isEmpty()) {
      return new StandardRedactor(mode, BuiltInRules.RULES);
    }
    List<Keywords.Keyword> all = new ArrayList<>(keywords);
    all.addAll(Keywords.builtIn());
    return new StandardRedactor(
        mode,
        new RuleSet(
            KeywordCompiler.compile(all),
            new CustomFields(fields),
            new RegexPatterns(patterns, deadline.toNanos())));
  }
}
