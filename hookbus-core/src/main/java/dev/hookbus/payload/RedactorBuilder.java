package dev.hookbus.payload;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;

/** Collects and checks the settings of a redactor. */
final class RedactorBuilder implements Redactor.Builder {

  private RedactionMode mode = RedactionMode.STRICT;

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder mode(RedactionMode value) {
    mode = requireNonNull(value, "mode");
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder fields(String... names) {
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder pattern(String name, String literal, String regex) {
    return this;
  }

  @Override
  @CanIgnoreReturnValue
  public RedactorBuilder patternDeadline(Duration deadline) {
    return this;
  }

  @Override
  public Redactor build() {
    return new StandardRedactor(mode, BuiltInRules.RULES);
  }
}
