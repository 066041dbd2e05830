package dev.hookbus.policy;

import static java.util.Objects.requireNonNull;

import dev.hookbus.policy.Verdict.Finding;
import dev.hookbus.safety.Attempt;
import java.util.ArrayList;
import java.util.List;

/** Asks every validator about every action; nobody's silence outweighs another's word. */
final class CombinedPolicy implements Policy {

  private record Entry(String name, Validator validator, boolean failClosed) {}

  private final List<Entry> entries;

  private CombinedPolicy(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  @Override
  public Verdict check(Action action) {
    return check(List.of(action));
  }

  @Override
  public Verdict check(List<Action> actions) {
    List<Finding> findings = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Action action : actions) {
      ask(action, findings, failures);
      if (action instanceof Action.Command command) {
        for (Action.FileAccess access : FileEffects.of(command)) {
          ask(access, findings, failures);
        }
      }
    }
    return new Verdict(findings, failures);
  }

  private void ask(Action action, List<Finding> findings, List<String> failures) {
    for (Entry entry : entries) {
      Attempt<Opinion> attempt =
          Attempt.capture(() -> requireNonNull(entry.validator.check(action), "opinion"));
      Throwable error = attempt.error();
      if (error == null) {
        if (attempt.value().decision() != Decision.ALLOW) {
          findings.add(new Finding(entry.name, attempt.value()));
        }
      } else if (entry.failClosed) {
        findings.add(new Finding(entry.name, Opinion.deny(failure(entry.name, error))));
      } else {
        Attempt.shieldFrom(error);
        failures.add(failure(entry.name, error));
      }
    }
  }

  /** Names the kind of error only: its message may repeat what was checked. */
  private static String failure(String name, Throwable error) {
    return "The check '" + name + "' failed (" + error.getClass().getSimpleName() + ").";
  }

  /** Collects validators in the order in which they are asked. */
  static final class PolicyBuilder implements Builder {
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public Builder failClosed(String name, Validator validator) {
      return add(new Entry(name, requireNonNull(validator, "validator"), true));
    }

    @Override
    public Builder failOpen(String name, Validator validator) {
      return add(new Entry(name, requireNonNull(validator, "validator"), false));
    }

    private Builder add(Entry added) {
      if (added.name.isBlank()) {
        throw new IllegalArgumentException("a validator needs a name");
      }
      for (Entry entry : entries) {
        if (entry.name.equals(added.name)) {
          throw new IllegalArgumentException("there are two validators named " + added.name);
        }
      }
      entries.add(added);
      return this;
    }

    @Override
    public Policy build() {
      return new CombinedPolicy(entries);
    }
  }
}
